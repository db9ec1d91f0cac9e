const cuda = 'runs on CUDA devices only';
const cudnn = 'runs with cuDNN only, on CUDA devices';
const miopen = 'runs with MIOpen only, on AMD GPUs';
const packed = 'takes weights in a packed form that no file can hold';

/** The rows without a sample, and why. */
export const without: Record<string, string> = {
  'aten::batch_norm_elemt': cuda,
  'aten::batch_norm_gather_stats': cuda,
  'aten::batch_norm_gather_stats_with_counts': cuda,
  'aten::batch_norm_stats': cuda,
  'aten::conv_depthwise3d': cuda,
  'aten::convolution_overrideable': 'is for backends outside PyTorch; its own only throws',
  'aten::cudnn_affine_grid_generator': cudnn,
  'aten::cudnn_batch_norm': cudnn,
  'aten::cudnn_convolution': cudnn,
  'aten::cudnn_convolution_add_relu': cudnn,
  'aten::cudnn_convolution_relu': cudnn,
  'aten::cudnn_convolution_transpose': cudnn,
  'aten::cudnn_grid_sampler': cudnn,
  'aten::fbgemm_linear_fp16_weight': packed,
  'aten::fbgemm_linear_fp16_weight_fp32_activation': packed,
  'aten::fbgemm_linear_int8_weight': packed,
  'aten::fbgemm_linear_int8_weight_fp32_activation': packed,
  'aten::fbgemm_pack_gemm_matrix_fp16': 'gives a pointer to packed weights as bytes',
  'aten::fbgemm_pack_quantized_matrix': 'gives a pointer to packed weights as bytes',
  'aten::indices_copy': 'has no kernel for the sparse layout that has indices',
  'aten::miopen_batch_norm': miopen,
  'aten::miopen_convolution': miopen,
  'aten::miopen_convolution_add_relu': miopen,
  'aten::miopen_convolution_relu': miopen,
  'aten::miopen_convolution_transpose': miopen,
  'aten::miopen_ctc_loss': miopen,
  'aten::miopen_depthwise_convolution': miopen,
  'aten::miopen_rnn': miopen,
  'aten::pin_memory': 'needs an accelerator',
  'aten::quantized_gru_cell': packed,
  'aten::quantized_lstm_cell': packed,
  'aten::quantized_rnn_relu_cell': packed,
  'aten::quantized_rnn_tanh_cell': packed,
  'aten::record_stream': 'runs on devices with streams only',
};
