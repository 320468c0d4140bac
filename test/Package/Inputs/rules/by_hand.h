double hand_grad(double x, double seed = 1);
