"""The identity over gRPC in Python, with the messages of the same proto: STYLE=aio on asyncio, STYLE=threads on a pool."""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import grpc
import torch
from google.protobuf import descriptor_pool, message_factory

pool = descriptor_pool.DescriptorPool()
with open(os.environ["PROTO"], "rb") as file:
    pool.AddSerializedFile(file.read())
Request, Response = (
    message_factory.GetMessageClass(pool.FindMessageTypeByName(f"inference.ModelInfer{name}"))
    for name in ("Request", "Response")
)
options = [("grpc.max_receive_message_length", 64 << 20), ("grpc.max_send_message_length", 64 << 20)]


def answer(request):
    x = torch.frombuffer(bytearray(request.raw_input_contents[0]), dtype=torch.float32)
    output = Response.InferOutputTensor(name="y", datatype="FP32", shape=x.shape)
    return Response(
        model_name=request.model_name, outputs=[output], raw_output_contents=[x.numpy().tobytes()]
    )


def handler(method):
    infer = grpc.unary_unary_rpc_method_handler(
        method, request_deserializer=Request.FromString, response_serializer=Response.SerializeToString
    )
    return grpc.method_handlers_generic_handler("inference.GRPCInferenceService", {"ModelInfer": infer})


async def on_loop():
    async def infer(request, context):
        return answer(request)

    server = grpc.aio.server(options=options)
    server.add_generic_rpc_handlers((handler(infer),))
    server.add_insecure_port(f"127.0.0.1:{os.environ['PORT']}")
    await server.start()
    await server.wait_for_termination()


def on_threads():
    server = grpc.server(ThreadPoolExecutor(8), options=options)
    server.add_generic_rpc_handlers((handler(lambda request, context: answer(request)),))
    server.add_insecure_port(f"127.0.0.1:{os.environ['PORT']}")
    server.start()
    server.wait_for_termination()


torch.set_num_threads(int(os.environ["THREADS"]))
sys.exit(asyncio.run(on_loop()) if os.environ["STYLE"] == "aio" else on_threads())
