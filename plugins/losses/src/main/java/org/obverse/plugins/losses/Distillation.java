package org.obverse.plugins.losses;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.obverse.api.defense.Taught;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/** Who teaches, and how softly. */
public record Distillation(
        @Meaning(
                "another target of the plan, which is trained first and whose answers are learned in place of the labels")
        String teacher,

        @Meaning("temperature of the teacher's softmax, above 0; the larger, the softer its answers")
        double temperature,

        @Meaning(
                "one: the student answers at temperature 1, with a cross-entropy (as Kaya and Dumitras released it); same: at the teacher's"
                        + " temperature, with T² times the Kullback-Leibler divergence (Hinton et al. 2015)")
        StudentTemperature studentTemperature)
        implements Checked, Taught {
    static final String NAME = "distillation";

    /** The plan names the teacher. */
    public static final Distillation DEFAULT = new Distillation("", 3, StudentTemperature.ONE);

    /** At which temperature the student answers. */
    public enum StudentTemperature {
        @JsonProperty("one")
        ONE,
        @JsonProperty("same")
        SAME
    }

    @Override
    public List<Problem> check() {
        return new Problems().positive("temperature", temperature).list();
    }
}
