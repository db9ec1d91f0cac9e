/** A parameter: one field is set, and the name says which. 64-bit integers are decimal text, here and below. */
export interface WireParameter {
  parameter_choice?: 'bool_param' | 'int64_param' | 'string_param' | 'double_param' | 'uint64_param' | 'bytes_param';
  bool_param?: boolean;
  int64_param?: string | number;
  string_param?: string;
  double_param?: number;
  uint64_param?: string | number;
}

/** The typed elements of a tensor. */
export interface WireContents {
  bool_contents?: boolean[];
  int_contents?: number[];
  int64_contents?: string[];
  uint_contents?: number[];
  uint64_contents?: string[];
  fp32_contents?: number[];
  fp64_contents?: number[];
  bytes_contents?: Uint8Array[];
}

/** A tensor, but for the bytes that stand elsewhere in its message. */
export interface WireTensor {
  name: string;
  datatype: string;
  shape: (string | number)[];
  contents?: WireContents | null;
}

export interface WireInferRequest {
  model_name: string;
  model_version?: string;
  id?: string;
  parameters?: Record<string, WireParameter>;
  inputs: WireTensor[];
  outputs?: { name: string }[];
  raw_input_contents?: Uint8Array[];
}

export interface WireInferResponse {
  model_name: string;
  model_version: string;
  id: string;
  outputs: WireTensor[];
  raw_output_contents?: Uint8Array[];
}

export interface WireMetadata {
  name: string;
  versions: string[];
  platform: string;
  inputs: { name: string; datatype: string; shape: (string | number)[] }[];
  outputs: { name: string; datatype: string; shape: (string | number)[] }[];
}

export interface Repository {
  model_name: string;
  parameters?: Record<string, WireParameter>;
}

/** What each method takes and gives. */
export interface Wire {
  ServerLive: { request: object; response: { live: boolean } };
  ServerReady: { request: object; response: { ready: boolean } };
  ModelReady: { request: { name: string; version?: string }; response: { ready: boolean } };
  ServerMetadata: { request: object; response: { name: string; version: string; extensions: string[] } };
  ModelMetadata: { request: { name: string; version?: string }; response: WireMetadata };
  ModelInfer: { request: WireInferRequest; response: WireInferResponse };
  ModelStreamInfer: {
    request: WireInferRequest;
    response: { error_message?: string; infer_response?: WireInferResponse };
  };
  ModelStatistics: { request: { name?: string; version?: string }; response: { model_stats: object[] } };
  RepositoryIndex: {
    request: { ready?: boolean };
    response: { models: { name: string; version: string; state: string; reason: string }[] };
  };
  RepositoryModelLoad: { request: Repository; response: object };
  RepositoryModelUnload: { request: Repository; response: object };
}
