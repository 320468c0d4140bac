class Calls:
    def prepare(self):
        pass
