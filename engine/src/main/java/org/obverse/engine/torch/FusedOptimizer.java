package org.obverse.engine.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * torch's fused Adam and SGD. The fused kernels walk raw memory and take every layout for row-major, so variables with
 * another layout are refused here and gradients are brought into it.
 */
final class FusedOptimizer implements ResumableOptimizer {
    private final TorchDoor door;
    private final NDManager state;
    private final String method;
    private final NDList variables;
    private final List<NDList> moments = new ArrayList<>();
    private final List<NDArray> counters = new ArrayList<>();
    private final double[] constants;
    /** What a step takes off the variables, times the learning rate. */
    private final double decay;

    private FusedOptimizer(
            TorchDoor door,
            NDManager state,
            String method,
            NDList variables,
            List<String> moments,
            double[] constants,
            double decay) {
        this.door = door;
        this.state = state;
        this.method = method;
        this.variables = door.keep("variables", variables, state);
        this.constants = constants;
        this.decay = decay;
        for (String role : moments) {
            this.moments.add(zeros(role));
        }
    }

    static FusedOptimizer adam(TorchDoor door, NDManager state, NDList variables, AdamConstants adam) {
        return adam(door, state, "adam", variables, adam, 0);
    }

    /** Of Reddi, Kale and Kumar, Algorithm 2, with Adam's bias corrections. */
    static FusedOptimizer amsgrad(TorchDoor door, NDManager state, NDList variables, AdamConstants adam) {
        return adam(door, state, "amsgrad", variables, adam, 0);
    }

    /** Of Loshchilov and Hutter, Algorithm 2. */
    static FusedOptimizer adamW(TorchDoor door, NDManager state, NDList variables, AdamConstants adam) {
        AdamConstants coupled = new AdamConstants(adam.beta1(), adam.beta2(), adam.epsilon(), 0);
        return adam(door, state, "adam", variables, coupled, adam.weightDecay());
    }

    private static FusedOptimizer adam(
            TorchDoor door, NDManager state, String method, NDList variables, AdamConstants adam, double decay) {
        requireVariables(door, variables);
        double[] constants = {adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay()};
        List<String> moments =
                method.equals("amsgrad") ? List.of("means", "squares", "largest") : List.of("means", "squares");
        FusedOptimizer optimizer = new FusedOptimizer(door, state, method, variables, moments, constants, decay);
        optimizer.counters.add(TorchDoor.outOfScope(
                state.zeros(new Shape(), DataType.FLOAT32, variables.head().getDevice())));
        return optimizer;
    }

    static FusedOptimizer sgd(TorchDoor door, NDManager state, NDList variables, SgdConstants sgd) {
        requireVariables(door, variables);
        if (sgd.momentum() == 0) {
            return new FusedOptimizer(door, state, "sgd", variables, List.of(), new double[] {sgd.weightDecay()}, 0);
        }
        double nesterov = sgd.form() == TorchRuntime.Momentum.NESTEROV ? 1 : 0;
        double[] constants = {sgd.momentum(), nesterov, sgd.weightDecay()};
        return new FusedOptimizer(door, state, "momentum_sgd", variables, List.of("velocities"), constants, 0);
    }

    @Override
    public void step(NDList gradients, double learningRate) {
        requireMatch(gradients, learningRate);
        boolean recording = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            if (decay != 0) {
                try (NDArray factor = variables.head().getManager().create(1 - learningRate * decay)) {
                    variables.forEach(variable -> variable.muli(factor));
                }
            }
            TorchDoor.Call call = door.method(method).kept(variables).tensors(gradients);
            moments.forEach(call::kept);
            counters.forEach(call::tensor);
            for (double constant : constants) {
                call.real(constant);
            }
            call.real(learningRate).run().close();
        } finally {
            JniUtils.setGradMode(recording);
        }
    }

    @Override
    public NDList moments() {
        NDList all = new NDList();
        moments.forEach(all::addAll);
        all.addAll(new NDList(counters));
        return all;
    }

    @Override
    public void resume(NDList stored) {
        NDList all = moments();
        if (stored.size() != all.size()) {
            throw new IllegalArgumentException(
                    "an optimizer with " + all.size() + " moments cannot go on from " + stored.size());
        }
        for (int i = 0; i < all.size(); i++) {
            NativeCopy.into(all.get(i), stored.get(i));
        }
    }

    @Override
    public void close() {
        state.close();
    }

    private NDList zeros(String role) {
        NDList zeros = new NDList(variables.size());
        for (NDArray variable : variables) {
            NDArray moment = TorchDoor.outOfScope(
                    state.zeros(variable.getShape(), variable.getDataType(), variable.getDevice()));
            moment.setName(role + "[]");
            zeros.add(moment);
        }
        return zeros;
    }

    private void requireMatch(NDList gradients, double learningRate) {
        if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("a learning rate of " + learningRate + " is not a finite number >= 0");
        }
        if (gradients.size() != variables.size()) {
            throw new IllegalArgumentException(
                    "an optimizer of " + variables.size() + " variables was given " + gradients.size() + " gradients");
        }
        for (int i = 0; i < gradients.size(); i++) {
            NDArray gradient = gradients.get(i);
            NDArray variable = variables.get(i);
            if (!gradient.getShape().equals(variable.getShape())
                    || gradient.getDataType() != variable.getDataType()
                    || !gradient.getDevice().equals(variable.getDevice())) {
                throw new IllegalArgumentException("gradient %d is %s %s on %s, but its variable is %s %s on %s"
                        .formatted(
                                i,
                                gradient.getDataType(),
                                gradient.getShape(),
                                gradient.getDevice(),
                                variable.getDataType(),
                                variable.getShape(),
                                variable.getDevice()));
            }
        }
    }

    private static void requireVariables(TorchDoor door, NDList variables) {
        if (variables.isEmpty()) {
            throw new IllegalArgumentException("an optimizer needs at least one variable");
        }
        for (int i = 0; i < variables.size(); i++) {
            if (!variables.get(i).getDataType().isFloating()) {
                throw new IllegalArgumentException("variable " + i + " has no floating-point type, but "
                        + variables.get(i).getDataType());
            }
        }
        try (NDArray strided = door.method("strided").tensors(variables).run().head()) {
            if (strided.size() > 0) {
                throw new IllegalArgumentException("variable " + strided.getLong(0)
                        + " is not in row-major layout (a transposed view?): make it with Gradients.variable");
            }
        }
    }

    /** Of Kingma and Ba, Algorithm 1; {@code epsilon} is added to the root of the corrected second moment. */
    record AdamConstants(double beta1, double beta2, double epsilon, double weightDecay) {}

    /** As torch.optim.SGD, without dampening: the learning rate stays outside the velocity. */
    record SgdConstants(double momentum, TorchRuntime.Momentum form, double weightDecay) {}
}
