class Lambdas:
    pass
