class Kernels:
    pass
