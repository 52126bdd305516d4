package org.obverse.api.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** How a classifier is trained. The defaults are those of the paper's appendix B.3 without its augmentation. */
public record TrainingRecipe(
        @Meaning(
                "adam, sgd, adamw (Adam with a weight decay that its moments do not see) or amsgrad (Adam whose steps never grow by a"
                        + " second moment that fell)")
        Method optimizer,

        @Meaning("learning rate of the first epoch") double learningRate,
        @Meaning("Adam's decay of the first moment") double beta1,
        @Meaning("Adam's decay of the second moment") double beta2,
        @Meaning("SGD's momentum") double momentum,

        @Meaning(
                "factor of the weights that is added to their gradient (of adam, a step then hardly depends on it); of adamw"
                        + " each step takes this times the learning rate off the weights instead")
        double weightDecay,

        @Meaning("passes over the training part") int epochs,

        @Meaning("samples per step; the last, smaller batch is kept, and a last sample alone joins the batch before it")
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
        Problems problems = new Problems()
                .positive("learning-rate", learningRate)
                .decay("beta1", beta1)
                .decay("beta2", beta2)
                .decay("momentum", momentum)
                .notNegative("weight-decay", weightDecay)
                .notNegative("final-learning-rate", finalLearningRate)
                .atLeast(1, "epochs", epochs)
                .atLeast(1, "batch", batch)
                .require(
                        smoothing >= 0 && smoothing <= 1,
                        "smoothing",
                        smoothing + " is out of range",
                        "use a value in [0, 1]; negative smoothing is the defense 'label-smoothing'");
        for (int i = 0; i < milestones.size(); i++) {
            Milestone milestone = milestones.get(i);
            problems.require(
                            milestone.after() > 0 && milestone.after() < 1,
                            "milestones." + i + ".after",
                            milestone.after() + " is not a share of the epochs",
                            "use a value in (0, 1)")
                    .notNegative("milestones." + i + ".factor", milestone.factor());
        }
        return problems.under("augmentation", augmentation.check()).list();
    }

    /** First-order methods. */
    public enum Method {
        @JsonProperty("adam")
        ADAM,
        @JsonProperty("sgd")
        SGD,
        /** Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2). */
        @JsonProperty("adamw")
        ADAMW,
        /** Adam with the largest second moment so far in place of the last (Reddi, Kale and Kumar 2018, arXiv 1904.09237, algorithm 2). */
        @JsonProperty("amsgrad")
        AMSGRAD
    }

    /** Courses of the learning rate. */
    public enum Decay {
        @JsonProperty("steps")
        STEPS,
        @JsonProperty("cosine")
        COSINE
    }
}
