package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.obverse.api.attack.Candidates;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Judged;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.ReconstructionMetric;
import org.obverse.api.metric.Reconstructions;
import org.obverse.api.metric.Sampled;
import org.obverse.api.metric.Samples;
import org.obverse.api.metric.Samples.Counted;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.api.training.TrainingRecipe.Decay;
import org.obverse.api.training.TrainingRecipe.Method;

/**
 * The knowledge extraction score: a student is trained on the selected reconstructions, each labelled with the class that
 * it was made for, and then classifies the private training images (ξ_train) and test images (ξ_test). It starts from
 * random values, or from a file that its classifier's settings name.
 *
 * <p>The student has one output per attacked class, in ascending order, and is asked about private images of these
 * classes only, so that a guess is right once in as many. It sees images at the size of the target's, and reconstructions
 * through the centre crop of an evaluation model. It is examined after the last epoch.
 */
final class KnowledgeExtractionMetric implements ReconstructionMetric {
    private static final int FEWEST = 100;

    private final Configuration configuration;
    private final Student student;

    KnowledgeExtractionMetric(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.student = Student.of(configuration.student(), configuration.training(), resources);
    }

    /** The student, and how it learns. */
    public record Configuration(
            @Meaning("name of the evaluation model whose crop of reconstructions the student shares; empty: the plan's"
                    + " only one")
            String judge,

            @Meaning("the student: a classifier component and its settings")
            Use student,

            @Meaning("how the student is trained") TrainingRecipe training)
            implements Checked, Judged, Sampled {
        /** The recipe of PPA's knowledge extraction script, for a student that starts from random weights. */
        static final Configuration DEFAULT = new Configuration(
                "",
                Use.of("small-resnet"),
                new TrainingRecipe(
                        Method.SGD,
                        0.1,
                        0.9,
                        0.999,
                        0.9,
                        1e-4,
                        75,
                        32,
                        Decay.COSINE,
                        List.of(),
                        1e-4,
                        0,
                        new Augmentation(0.8, 0.5, 0, 0, 0, 0, 1, 0, 1)));

        /** A share of n images has a standard error of up to 0.5 / √n: five points with 100. */
        @Override
        public List<Samples> samples() {
            return List.of(Samples.atLeast(
                    Counted.TEST, FEWEST, "with fewer a share of them has a standard error above five points"));
        }

        /** The student alone is asked; the judge lends its crop. */
        @Override
        public Basis basis() {
            return Basis.CROP;
        }

        @Override
        public List<Problem> check() {
            return training.check().stream()
                    .map(problem -> problem.under("training"))
                    .toList();
        }
    }

    @Override
    public Measurement measure(Reconstructions evidence) throws MetricFailedException {
        int crop = Judge.of(evidence, configuration).model().crop();
        List<Integer> classes = List.copyOf(new TreeSet<>(evidence.candidates().classes()));
        if (classes.size() < 2) {
            throw new MetricFailedException(
                    "candidates: a student needs at least 2 classes to tell apart, and the attack was on "
                            + classes.size() + "; attack more classes");
        }
        try (NDManager manager = evidence.manager().newSubManager()) {
            Shape input = evidence.data().shape();
            Classifier pupil = student.build(input, classes.size(), manager, evidence);
            Judge judge = new Judge(evidence, new EvaluationModel(student.name(), pupil, crop));
            Gallery lessons =
                    judge.reconstructions(evidence, evidence.candidates(), inOrder(evidence.candidates(), classes));
            student.teach(
                    pupil,
                    StudentImages.of(lessons, classes::indexOf, input, manager, StudentImages.KEPT_BYTES),
                    evidence);
            return examine(judge, classes);
        }
    }

    /** Class by class, so that the student is taught the same whatever order the classes were requested in. */
    private static int[] inOrder(Candidates candidates, List<Integer> classes) {
        return classes.stream()
                .flatMapToInt(c -> Arrays.stream(candidates.of(c)))
                .toArray();
    }

    private static Measurement examine(Judge student, List<Integer> classes) throws MetricFailedException {
        List<Verdict> seen = answers(student, Part.TRAINING, classes);
        List<Verdict> unseen = answers(student, Part.TEST, classes);
        Map<Integer, Accuracy> seenByClass = Accuracy.perClass(seen);
        Map<Integer, Accuracy> unseenByClass = Accuracy.perClass(unseen);
        List<Row> rows = new ArrayList<>();
        for (int targetClass : classes) {
            rows.add(new Row(targetClass, List.of(top1(seenByClass, targetClass), top1(unseenByClass, targetClass))));
        }
        return new Measurement(
                List.of(figure(student, "ξ_train", seen), figure(student, "ξ_test", unseen)),
                List.of(new Table(student.figure("knowledge extraction"), List.of("ξ_train", "ξ_test"), rows)),
                List.of());
    }

    private static List<Verdict> answers(Judge student, Part part, List<Integer> classes) throws MetricFailedException {
        List<Verdict> answers = student.real(part, classes::contains).verdicts(classes::indexOf);
        if (answers.isEmpty()) {
            throw new MetricFailedException(
                    "data: no image of its " + part.name().toLowerCase(Locale.ROOT)
                            + " part shows an attacked class; attack classes of the private data");
        }
        return answers;
    }

    private static Figure figure(Judge student, String name, List<Verdict> answers) {
        return new Figure(student.figure(name), Accuracy.of(answers).top1(), Better.HIGHER, "fraction");
    }

    private static double top1(Map<Integer, Accuracy> byClass, int targetClass) {
        Accuracy accuracy = byClass.get(targetClass);
        return accuracy == null ? Double.NaN : accuracy.top1();
    }
}
