"""Calls of the operators that PyTorch's own tests do not reach, or reach with large arguments only."""
import torch


def call(*args, overload="", **kwargs):
    """The overload is named where PyTorch would take another one for tensors of one element."""
    return overload, args, kwargs


def x(*shape):
    """Numbers in (-2, 2), all different for up to 397 elements."""
    return floats(shape, lambda i: (i * 149 + 31) % 397 / 100 - 2)


def positive(*shape):
    return floats(shape, lambda i: ((i * 149 + 31) % 397 + 1) / 200)


def floats(shape, of):
    count = torch.Size(shape).numel()
    return torch.tensor([of(i) for i in range(count)], dtype=torch.float32).reshape(shape)


def i(*values):
    return torch.tensor(values)


def mask(*shape):
    return x(*shape) > 0


def lower(n):
    return x(n, n).tril(-1) + torch.diag(positive(n) + 1)


def z(*shape):
    return torch.complex(x(*shape), x(*shape).flip(0))


def coo(*shape):
    return (x(*shape) * mask(*shape)).to_sparse()


def csr(*shape):
    return coo(*shape).to_sparse_csr()


def csc(*shape):
    return coo(*shape).to_sparse_csc()


def bsr():
    return x(4, 4).to_sparse_bsr((2, 2))


def bsc():
    return x(4, 4).to_sparse_bsc((2, 2))


def quantized(*shape, dtype=torch.quint8):
    return torch.quantize_per_tensor(x(*shape), 0.05, 3, dtype)


def by_channel():
    return torch.quantize_per_channel(x(3, 2), torch.tensor([0.1, 0.2, 0.05]), torch.tensor([1, 0, 2]), 0, torch.qint8)


def nested():
    return torch._nested_tensor_from_tensor_list([x(2, 3), x(1, 3)])


def weights(gates, layers=1, biases=True):
    """Of a recurrent network from 3 features to 2."""
    parts = []
    for layer in range(layers):
        parts += [x(gates * 2, 2 if layer else 3), x(gates * 2, 2) / 2]
        parts += [x(gates * 2), x(gates * 2) / 4] if biases else []
    return parts


def recurrent(gates, state):
    """A sequence, a batch first, two layers, packed sequences."""
    packed = [x(5, 3), i(3, 2)]
    return [
        call(x(3, 2, 3), state(1), weights(gates), True, 1, 0, False, False, False),
        call(x(2, 3, 3), state(1), weights(gates, biases=False), False, 1, 0, False, False, True),
        call(x(2, 2, 3), state(2), weights(gates, 2), True, 2, 0.5, True, False, False),
        call(*packed, state(1), weights(gates), True, 1, 0, False, False),
    ]


def hidden(layers):
    return x(layers, 2, 2)


def hidden_and_cell(layers):
    return [x(layers, 2, 2), x(layers, 2, 2).flip(1)]


def cell(gates, state):
    return [call(x(2, 3), state, *weights(gates)), call(x(2, 3), state, *weights(gates, biases=False))]


def window(*more):
    return [call(5), call(6, False), *more, call(4, dtype=torch.float64)]


def comparison():
    return [call(x(2, 3), 0.3), call(x(2, 3), x(3))]


STREAM = {"observer_on": i(1), "fake_quant_on": i(1)}
INT8 = (-128, 127)
CHANNELS = (torch.tensor([0.1, 0.2, 0.05]), torch.tensor([1, 0, 2], dtype=torch.int32))

CASES = {
    # Creation
    "bartlett_window": window(),
    "blackman_window": window(),
    "hann_window": window(),
    "hamming_window": window(call(5, True, 0.4), call(5, True, 0.4, 0.6)),
    "kaiser_window": window(call(5, True, 8.5)),
    "fft_fftfreq": [call(5), call(4, 0.5)],
    "fft_rfftfreq": [call(5), call(4, 0.5)],
    "range": [call(1, 4), call(0, 1, 0.25)],
    "vander": [call(x(3)), call(x(3), 4, True)],
    "eye": [call(3), call(2, 3, dtype=torch.int64)],
    "from_file": [call("test/serialization/python.pt", False, 4, dtype=torch.uint8)],
    "empty_quantized": [call([2, 3], quantized(2))],
    # Random
    "binomial": [call(torch.full((2, 3), 9.0), positive(2, 3) / 3)],
    "normal_functional": [call(x(2, 3)), call(x(2, 3), 4, 0.5)],
    "rand_like": [call(x(2, 3)), call(i(1, 2), dtype=torch.float64)],
    "randperm": [call(7), call(5, dtype=torch.int32)],
    "poisson": [call(positive(2, 3) * 5)],
    "bernoulli_": [call(x(2, 3)), call(x(2, 3), 0.25), call(x(2, 3), positive(2, 3) / 3)],
    "cauchy_": [call(x(2, 3)), call(x(2, 3), 1, 0.5)],
    "exponential_": [call(x(2, 3)), call(x(2, 3), 2.5)],
    "geometric_": [call(x(2, 3), 0.25)],
    "log_normal_": [call(x(2, 3)), call(x(2, 3), 0.5, 0.25)],
    "normal_": [call(x(2, 3)), call(x(2, 3), 3, 0.5), call(x(4, 5))],
    "random_": [call(i(1, 2, 3)), call(i(1, 2, 3), 10), call(i(1, 2, 3), -5, 5)],
    "uniform_": [call(x(2, 3)), call(x(2, 3), -1, 1)],
    "rrelu_with_noise": [
        call(x(2, 3), torch.zeros(2, 3)),
        call(x(2, 3), torch.zeros(2, 3), 0.1, 0.3, True),
    ],
    # Shape and memory
    "conj": [call(z(2, 2)), call(x(2))],
    "copy": [call(x(2, 3), x(3)), call(i(1, 2), x(2))],
    "copy_": [call(x(2, 3), x(3)), call(i(1, 2), x(2))],
    "detach_copy": [call(x(2, 3))],
    "fill_diagonal_": [call(x(3, 3), 7), call(x(5, 2), 0.5, True)],
    "flatten_dense_tensors": [call([x(2, 2), x(3)])],
    "unflatten_dense_tensors": [call(x(7), [x(2, 2), x(3)])],
    "lift": [call(x(2))],
    "lift_fresh_copy": [call(x(2))],
    "pad_sequence": [call([x(3, 2), x(1, 2)]), call([x(3), x(2)], True, -1, "left")],
    "select_copy": [call(x(2, 3), 1, 2), call(x(2, 3), 0, -1)],
    "slice_copy": [call(x(4, 3)), call(x(4, 3), 0, 1, 4, 2)],
    "slice_inverse": [call(x(4, 3), x(2, 3), 0, 0, 2)],
    "split_copy": [call(x(5, 2), 2), call(x(2, 3), 1, 1)],
    "detach": [call(x(2, 3))],
    "set_": [call(x(2), x(3)), call(x(2)), call(x(2), x(6), 1, [2, 2], [2, 1])],
    "swapaxes_": [call(x(2, 3), 0, 1)],
    "swapdims_": [call(x(2, 3), 0, 1)],
    "unsafe_split_with_sizes": [call(x(5, 2), [2, 3]), call(x(2, 4), [1, 3], 1)],
    "view_as_complex_copy": [call(x(3, 2))],
    "view_as_real_copy": [call(z(3))],
    "unique_dim_consecutive": [call(i([1, 1], [1, 1], [2, 3]), 0), call(i([1, 1], [1, 1], [2, 3]), 0, True, True)],
    "float_power_": [call(x(2, 3).double(), 2), call(positive(3).double(), x(3))],
    "absolute_": [call(x(2, 3))],
    "greater_": comparison(),
    "greater_equal_": comparison(),
    "less_": comparison(),
    "less_equal_": comparison(),
    "not_equal_": comparison(),
    "renorm_": [call(x(3, 4), 2, 0, 1)],
    # What a tensor is
    "is_complex": [call(x(2)), call(z(2))],
    "is_conj": [call(z(2))],
    "is_distributed": [call(x(2))],
    "is_floating_point": [call(x(2)), call(i(1))],
    "is_inference": [call(x(2))],
    "is_neg": [call(x(2))],
    "is_set_to": [call(x(2), x(2))],
    "is_signed": [call(x(2)), call(i(1).to(torch.uint8))],
    "is_vulkan_available": [call()],
    "cudnn_is_acceptable": [call(x(2))],
    "promote_types": [call(torch.int32, torch.float32), call(torch.uint8, torch.int8)],
    "sym_constrain_range": [call(3, min=1, max=5)],
    "sym_constrain_range_for_size": [call(3, min=1, max=5)],
    "sym_is_contiguous": [call(x(2, 3))],
    "sym_numel": [call(x(2, 3))],
    "sym_size": [call(x(2, 3), 1)],
    "sym_storage_offset": [call(x(2, 3))],
    "sym_stride": [call(x(2, 3), 0)],
    # Linear algebra
    "cholesky_inverse": [call(lower(3)), call(lower(2).mT, True)],
    "cholesky_solve": [call(x(3, 2), lower(3)), call(x(2, 1), lower(2).mT, True)],
    "nonzero_numpy": [call(mask(2, 3)), call(i(0, 2, 0, 1))],
    "searchsorted": [
        call(i(1, 3, 5), i(0, 3, 6)),
        call(torch.tensor([[1.0, 2.0], [0.5, 3.0]]), torch.tensor([[1.5, 2.0], [3.0, 0.1]]), right=True),
        call(i(1, 3, 5), 3, out_int32=True, side="right"),
    ],
    "chain_matmul": [call([x(2, 3), x(3, 4), x(4, 1)])],
    "linalg__powsum": [call(x(2, 3)), call(x(2, 3), 3, 1, True)],
    "native_norm": [call(coo(3, 3)), call(coo(3, 3), 3)],
    "frobenius_norm": [call(x(2, 3), [1]), call(x(2, 3), [0, 1], True)],
    "is_pinned": [call(x(2))],
    "norm_except_dim": [call(x(2, 3)), call(x(2, 3), 1, 1)],
    "nuclear_norm": [call(x(3, 3)), call(x(2, 3, 2), [0, 1], True)],
    "slogdet": [call(x(3, 3)), call(x(2, 2, 2))],
    "kl_div": [call(x(2, 3), positive(2, 3)), call(x(2, 3), x(2, 3), 2, log_target=True), call(x(3), positive(3), 0)],
    # Neural networks
    "affine_grid_generator": [call(x(1, 2, 3), [1, 1, 2, 3], False), call(x(1, 3, 4), [1, 1, 2, 2, 2], True)],
    "batch_norm_update_stats": [call(x(3, 2, 2), torch.zeros(2), torch.ones(2), 0.1)],
    "im2col": [call(x(1, 2, 3, 3), [2, 2], [1, 1], [0, 0], [1, 1]), call(x(1, 4, 4), [2, 2], [2, 2], [1, 1], [2, 1])],
    "col2im": [call(x(1, 4, 4), [3, 3], [2, 2], [1, 1], [0, 0], [1, 1])],
    "conv_depthwise3d": [call(x(1, 2, 3, 3, 3), x(2, 1, 2, 2, 2), [2, 2, 2], x(2), [1, 1, 1], [0, 0, 0], [1, 1, 1])],
    "conv_tbc": [call(x(4, 1, 2), x(2, 2, 3), x(3), 1)],
    "native_dropout": [call(x(2, 3), 0.5, True), call(x(2, 3), 0.5, False)],
    "glu_jvp": [call(x(2, 2), x(2, 4), x(2, 4).flip(0), 1)],
    "gru": recurrent(3, hidden),
    "rnn_tanh": recurrent(1, hidden),
    "rnn_relu": recurrent(1, hidden),
    "lstm": recurrent(4, hidden_and_cell),
    "gru_cell": cell(3, x(2, 2)),
    "rnn_tanh_cell": cell(1, x(2, 2)),
    "rnn_relu_cell": cell(1, x(2, 2)),
    "lstm_cell": cell(4, [x(2, 2), x(2, 2).flip(0)]),
    "mkldnn_rnn_layer": [
        call(x(3, 2, 3), x(8, 3), x(8, 2), x(8), x(8), x(2, 2), x(2, 2), False, [], 2, 2, 1, True, False, False, False),
    ],
    "mkldnn_adaptive_avg_pool2d": [call(x(1, 2, 4, 4).to_mkldnn(), [2, 2])],
    "mkldnn_linear": [call(x(2, 3).to_mkldnn(), x(2, 3), x(2))],
    "mkldnn_max_pool2d": [call(x(1, 2, 4, 4).to_mkldnn(), [2, 2])],
    "mkldnn_max_pool3d": [call(x(1, 1, 2, 4, 4).to_mkldnn(), [2, 2, 2])],
    "mkldnn_reorder_conv2d_weight": [call(x(2, 1, 2, 2).to_mkldnn())],
    "mkldnn_reorder_conv3d_weight": [call(x(2, 1, 2, 2, 2).to_mkldnn())],
    "to_mkldnn": [call(x(2, 3))],
    # Sparse
    "ccol_indices": [call(csc(3, 3))],
    "row_indices": [call(csc(3, 3))],
    "crow_indices": [call(csr(3, 3))],
    "col_indices": [call(csr(3, 3))],
    "ccol_indices_copy": [call(csc(3, 3))],
    "row_indices_copy": [call(csc(3, 3))],
    "crow_indices_copy": [call(csr(3, 3))],
    "col_indices_copy": [call(csr(3, 3))],
    "coalesce": [call(coo(3, 3)), call(torch.sparse_coo_tensor([[1, 1, 0]], [1.5, 2.5, 4.0], (2,)))],
    "is_coalesced": [call(coo(3, 3)), call(torch.sparse_coo_tensor([[1, 1]], [1.5, 2.5], (2,)))],
    "indices": [call(coo(3, 3))],
    "indices_copy": [call(coo(3, 3))],
    "values": [call(coo(3, 3)), call(csr(3, 3))],
    "values_copy": [call(coo(3, 3)), call(csr(3, 3))],
    "sparse_dim": [call(coo(3, 3)), call(x(2, 2))],
    "dense_dim": [call(coo(3, 3)), call(csr(3, 3))],
    "sparse_mask": [call(x(3, 3), coo(3, 3))],
    "sparse_resize_": [call(coo(2, 2), [3, 3], 2, 0)],
    "sparse_resize_and_clear_": [call(coo(2, 2), [3, 3], 2, 0)],
    "resize_as_sparse_": [call(torch.sparse_coo_tensor((2, 2)), torch.sparse_coo_tensor((3, 2)))],
    "copy_sparse_to_sparse_": [call(coo(2, 2), coo(2, 2) * 2)],
    "hspmm": [call(coo(3, 2), x(2, 2))],
    "smm": [call(coo(3, 2), x(2, 2))],
    "sspaddmm": [call(coo(3, 2), coo(3, 2), x(2, 2)), call(coo(3, 2), coo(3, 2), x(2, 2), beta=2, alpha=3)],
    "sparse_sampled_addmm": [
        call(csr(2, 3), x(2, 2), x(2, 3)),
        call(csr(2, 3), x(2, 2), x(2, 3), beta=0.5, alpha=2),
    ],
    "to_dense": [call(coo(3, 3)), call(csr(3, 3), torch.float64)],
    "to_sparse": [call(x(2, 2)), call(x(2, 2), 1), call(x(2, 2), layout=torch.sparse_csr)],
    "to_sparse_csr": [call(x(2, 3))],
    "to_sparse_csc": [call(x(2, 3))],
    "to_sparse_bsr": [call(x(4, 4), [2, 2])],
    "to_sparse_bsc": [call(x(4, 4), [2, 2])],
    "sparse_compressed_tensor": [call(i(0, 1, 2), i(1, 0), x(2), [2, 2], dtype=torch.float32, layout=torch.sparse_csr)],
    "sparse_csr_tensor": [
        call(i(0, 1, 2), i(1, 0), x(2), [2, 2], dtype=torch.float32),
        call(i(0, 1, 2), i(1, 0), x(2), dtype=torch.float32),
    ],
    "sparse_csc_tensor": [call(i(0, 1, 2), i(1, 0), x(2), [2, 2], dtype=torch.float32)],
    "sparse_bsr_tensor": [call(i(0, 1, 2), i(1, 0), x(2, 2, 2), [4, 4], dtype=torch.float32)],
    "sparse_bsc_tensor": [call(i(0, 1, 2), i(1, 0), x(2, 2, 2), [4, 4], dtype=torch.float32)],
    # Nested
    "to_padded_tensor": [call(nested(), 0), call(nested(), -1, [2, 3, 4])],
    "nested_to_padded_tensor": [call(nested(), 0)],
    # Quantized
    "quantize_per_tensor": [
        call(x(2, 3), 0.1, 2, torch.quint8),
        call(x(2, 3), torch.tensor(0.1), torch.tensor(2), torch.qint8, overload="tensor_qparams"),
        call([x(2), x(3)], torch.tensor([0.1, 0.2]), i(0, 1), torch.quint8, overload="tensors"),
    ],
    "quantize_per_channel": [call(x(3, 2), *CHANNELS, 0, torch.qint8)],
    "quantize_per_tensor_dynamic": [call(x(2, 3), torch.qint8, False), call(x(2, 3), torch.quint8, True)],
    "dequantize": [call(quantized(2, 3)), call(by_channel()), call([quantized(2), quantized(3)])],
    "int_repr": [call(quantized(2, 3))],
    "q_scale": [call(quantized(2, 3))],
    "q_zero_point": [call(quantized(2, 3))],
    "q_per_channel_axis": [call(by_channel())],
    "q_per_channel_scales": [call(by_channel())],
    "q_per_channel_zero_points": [call(by_channel())],
    "qscheme": [call(quantized(2, 3)), call(by_channel())],
    "choose_qparams_optimized": [call(x(8), 8, 20, 0.16, 8)],
    "fake_quantize_per_tensor_affine": [
        call(x(2, 3), 0.1, 2, 0, 30),
        call(x(2, 3), torch.tensor([0.1]), torch.tensor([2], dtype=torch.int32), 0, 30, overload="tensor_qparams"),
    ],
    "fake_quantize_per_tensor_affine_cachemask": [call(x(2, 3), 0.1, 2, 0, 30)],
    "fake_quantize_per_channel_affine": [call(x(3, 2), *CHANNELS, 0, -10, 10)],
    "fake_quantize_per_channel_affine_cachemask": [call(x(3, 2), *CHANNELS, 0, -10, 10)],
    "fused_moving_avg_obs_fake_quant": [
        call(x(2, 3), *STREAM.values(), torch.zeros(1), torch.ones(1), torch.ones(1),
             torch.zeros(1, dtype=torch.int32), 0.1, *INT8, 0),
    ],
    "quantized_batch_norm": [call(quantized(1, 2, 2, 2), x(2), x(2), x(2), positive(2), 1e-5, 0.1, 2)],
    "quantized_max_pool1d": [call(quantized(1, 2, 6), [2]), call(quantized(1, 2, 6), [3], [2], [1])],
    "quantized_max_pool2d": [call(quantized(1, 2, 4, 4), [2, 2])],
    "quantized_max_pool3d": [call(quantized(1, 1, 2, 4, 4), [2, 2, 2])],
    "fbgemm_linear_quantize_weight": [call(x(3, 4))],
}
