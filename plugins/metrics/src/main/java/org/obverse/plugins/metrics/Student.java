package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.obverse.api.data.Images;
import org.obverse.api.defense.TeacherLoss;
import org.obverse.api.metric.Evidence;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.Parameters;
import org.obverse.api.plugin.InvalidConfigurationException;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.training.Training;
import org.obverse.api.training.TrainingDivergedException;
import org.obverse.api.training.TrainingRecipe;

/**
 * A network that a metric trains for itself, from random values or from a file that its classifier's settings name.
 *
 * @param name of its component
 */
record Student(String name, ClassifierArchitecture architecture, TrainingRecipe recipe, Training training) {
    /** As a configuration names it, in its keys {@code student} and {@code training}. */
    static Student of(Use student, TrainingRecipe recipe, Resources resources) {
        return new Student(student.name(), resources.create(Kind.CLASSIFIER, student), recipe, resources.training());
    }

    /** An untrained one. */
    Classifier build(Shape input, int classes, NDManager manager, Evidence evidence) throws MetricFailedException {
        ParameterSource weights = ParameterSource.fresh(evidence.random().child("student"));
        try {
            return architecture.build(input, classes, new Parameters(manager, weights));
        } catch (InvalidConfigurationException e) {
            throw new MetricFailedException("student: it cannot be built for images " + input + ": " + e.getMessage());
        }
    }

    /** With labels. */
    void teach(Classifier student, Images lessons, Evidence evidence) throws MetricFailedException {
        try {
            training.fit(student, lessons, recipe, evidence);
        } catch (TrainingDivergedException e) {
            throw diverged(e);
        }
    }

    /** With answers, {@code [lessons.size(), classes]}. */
    void teach(Classifier student, Images lessons, NDArray answers, TeacherLoss loss, Evidence evidence)
            throws MetricFailedException {
        try {
            training.imitate(student, lessons, answers, loss, recipe, evidence);
        } catch (TrainingDivergedException e) {
            throw diverged(e);
        }
    }

    private static MetricFailedException diverged(TrainingDivergedException reason) {
        return new MetricFailedException("student: " + reason.getMessage() + "; lower training.learning-rate");
    }
}
