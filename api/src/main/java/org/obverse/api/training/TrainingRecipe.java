package org.obverse.api.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;

/** How a classifier is trained. The defaults are those of the paper's appendix B.3 without its augmentation. */
public record TrainingRecipe(
        @Meaning("adam or sgd") Method optimizer,
        @Meaning("learning rate of the first epoch") double learningRate,
        @Meaning("Adam's decay of the first moment") double beta1,
        @Meaning("Adam's decay of the second moment") double beta2,
        @Meaning("SGD's momentum") double momentum,
        @Meaning("L2 penalty added to the gradient") double weightDecay,
        @Meaning("passes over the training part") int epochs,

        @Meaning("samples per step; the last, smaller batch is kept")
        int batch,

        @Meaning("how the learning rate falls over the epochs: steps (at the milestones) or cosine")
        Decay decay,

        @Meaning("where the learning rate is multiplied, and by what")
        List<Milestone> milestones,

        @Meaning("the learning rate at the end of a cosine decay")
        double finalLearningRate,

        @Meaning("weight of a uniform distribution mixed into the labels, as for evaluation models; at least 0")
        double smoothing,

        @Meaning("random changes of the images") Augmentation augmentation)
        implements Checked {
    public static final TrainingRecipe DEFAULT = new TrainingRecipe(
            Method.ADAM,
            1e-3,
            0.9,
            0.999,
            0.9,
            0,
            100,
            128,
            Decay.STEPS,
            List.of(new Milestone(0.75, 0.1), new Milestone(0.9, 0.1)),
            0,
            0,
            Augmentation.NONE);

    /** The learning rate of an epoch, from 0. */
    public double learningRate(int epoch) {
        if (decay == Decay.COSINE) {
            return finalLearningRate
                    + (learningRate - finalLearningRate) * (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
        }
        double rate = learningRate;
        for (Milestone milestone : milestones) {
            if (epoch >= Math.round(milestone.after() * epochs)) {
                rate *= milestone.factor();
            }
        }
        return rate;
    }

    @Override
    public List<Problem> check() {
        List<Problem> problems = new ArrayList<>();
        if (!(learningRate > 0)) {
            problems.add(new Problem("learning-rate", learningRate + " trains nothing", "use a positive value"));
        }
        share("beta1", beta1, problems);
        share("beta2", beta2, problems);
        share("momentum", momentum, problems);
        if (!(weightDecay >= 0)) {
            problems.add(new Problem("weight-decay", weightDecay + " rewards large weights", "use at least 0"));
        }
        if (!(finalLearningRate >= 0)) {
            problems.add(new Problem("final-learning-rate", finalLearningRate + " is no rate", "use at least 0"));
        }
        if (epochs < 1) {
            problems.add(new Problem("epochs", epochs + " is not a number of epochs", "use at least 1"));
        }
        if (batch < 1) {
            problems.add(new Problem("batch", batch + " is not a batch size", "use at least 1"));
        }
        if (!(smoothing >= 0 && smoothing <= 1)) {
            problems.add(new Problem(
                    "smoothing",
                    smoothing + " is out of range",
                    "use a value in [0, 1]; negative smoothing is the defense 'label-smoothing'"));
        }
        for (int i = 0; i < milestones.size(); i++) {
            double after = milestones.get(i).after();
            if (!(after > 0 && after < 1)) {
                problems.add(new Problem(
                        "milestones." + i + ".after",
                        after + " is not a share of the epochs",
                        "use a value in (0, 1)"));
            }
        }
        for (Problem problem : augmentation.check()) {
            problems.add(problem.under("augmentation"));
        }
        return problems;
    }

    private static void share(String key, double value, List<Problem> problems) {
        if (!(value >= 0 && value < 1)) {
            problems.add(new Problem(key, value + " is not a decay", "use a value in [0, 1)"));
        }
    }

    /** First-order methods. */
    public enum Method {
        @JsonProperty("adam")
        ADAM,
        @JsonProperty("sgd")
        SGD
    }

    /** Courses of the learning rate. */
    public enum Decay {
        @JsonProperty("steps")
        STEPS,
        @JsonProperty("cosine")
        COSINE
    }
}
