"""The name by which pickles of protocol 5 call what makes arrays."""


def _frombuffer(buf, dtype, shape, order):
    from .buffers import frombuffer

    return frombuffer(buf, dtype=dtype).reshape(shape, order=order)
