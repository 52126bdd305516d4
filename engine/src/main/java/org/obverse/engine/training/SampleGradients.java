package org.obverse.engine.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.defense.GradientPolicy;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.network.WeightUse;
import org.obverse.api.tensor.Gradients;
import org.obverse.engine.torch.SampleNorms;
import org.obverse.engine.torch.TorchRuntime;
import org.obverse.engine.training.BatchGradients.Labelled;
import org.obverse.engine.training.BatchGradients.Step;

/**
 * The sum of the gradients of a batch's samples, each times the factor that a policy gives its norm.
 *
 * <p>Where layers tell how every trained weight is used, the norms follow from one backward pass to the layers' outputs, and
 * the sum is the gradient of the losses, each times its factor, in a second one (Li et al. 2022, arXiv 2110.05679, section
 * 4). Elsewhere each sample has passes of its own.
 */
record SampleGradients(
        TorchRuntime torch, Classifier classifier, Composition composition, GradientPolicy.OfSamples policy) {
    /**
     * @param variables what is trained: a norm is that of all together
     */
    Step sum(Labelled samples, NDList variables, Pass pass) {
        try (Gradients.Recording recording = torch.gradients().recording()) {
            List<WeightUse> uses = new ArrayList<>();
            Pass heard = pass.heardBy(use -> uses.add(SampleNorms.kept(use)));
            Activations activations = classifier.forward(samples.batch().images(), heard);
            uses.removeIf(use -> variables.stream().noneMatch(variable -> variable == use.weight()));
            if (tellsAll(uses, variables)) {
                NDArray losses = composition.losses(samples.batch(), activations, samples.labels());
                NDArray weighted = losses.mul(factors(norms(losses.sum(), uses)));
                NDList sum = torch.gradients().of(weighted.sum(), variables);
                return new Step(sum, number(losses.mean()), BatchGradients.hits(activations, samples.labels()));
            }
        }
        return each(samples, variables, pass);
    }

    /** The same by a pass of its own for each sample. */
    Step each(Labelled samples, NDList variables, Pass pass) {
        NDList sum = zeros(variables);
        double loss = 0;
        long correct = 0;
        long count = samples.labels().getShape().get(0);
        for (long i = 0; i < count; i++) {
            try (NDScope scope = new NDScope();
                    Gradients.Recording recording = torch.gradients().recording()) {
                Labelled one = samples.row(i);
                Pass alone = Pass.training(pass.noise().child("sample", i)).after(pass.progress());
                Activations activations = classifier.forward(one.batch().images(), alone);
                NDArray own = composition
                        .losses(one.batch(), activations, one.labels())
                        .sum();
                add(torch.gradients().of(own, variables), sum);
                loss += number(own) / count;
                correct += BatchGradients.hits(activations, one.labels());
            }
        }
        return new Step(sum, loss, correct);
    }

    static NDList zeros(NDList variables) {
        NDList zeros = new NDList();
        variables.forEach(
                variable -> zeros.add(variable.getManager().zeros(variable.getShape(), variable.getDataType())));
        return zeros;
    }

    private void add(NDList gradient, NDList sum) {
        try (Gradients.Recording paused = torch.gradients().paused()) {
            List<NDArray> squares =
                    gradient.stream().map(array -> array.square().sum()).toList();
            NDArray factor = factors(root(squares).reshape(1));
            for (int i = 0; i < sum.size(); i++) {
                sum.get(i).addi(gradient.get(i).mul(factor));
            }
        }
    }

    private NDArray factors(NDArray norms) {
        try (Gradients.Recording paused = torch.gradients().paused()) {
            return policy.factors(norms);
        }
    }

    private NDArray norms(NDArray total, List<WeightUse> uses) {
        NDList outputs = new NDList(uses.stream().map(WeightUse::output).toList());
        NDList slopes = torch.gradients().of(total, outputs);
        try (Gradients.Recording paused = torch.gradients().paused()) {
            List<NDArray> squares = new ArrayList<>();
            for (int i = 0; i < uses.size(); i++) {
                squares.add(torch.sampleNorms().squared(uses.get(i), slopes.get(i)));
            }
            return root(squares);
        }
    }

    private static NDArray root(List<NDArray> squares) {
        return squares.stream().reduce(NDArray::add).orElseThrow().sqrt();
    }

    /** Each trained weight once: the norms of two uses of one weight do not add up to that of their sum. */
    private static boolean tellsAll(List<WeightUse> uses, NDList variables) {
        return uses.size() == variables.size()
                && variables.stream().allMatch(variable -> uses.stream().anyMatch(use -> use.weight() == variable))
                && uses.stream().allMatch(SampleNorms::understands);
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT32, false).getFloat();
    }
}
