package org.obverse.plugins.metrics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.obverse.api.data.Images;
import org.obverse.api.data.Part;
import org.obverse.api.metric.Evidence.EvaluationModel;
import org.obverse.api.metric.Measurement;
import org.obverse.api.metric.Measurement.Better;
import org.obverse.api.metric.Measurement.Figure;
import org.obverse.api.metric.Measurement.Row;
import org.obverse.api.metric.Measurement.Table;
import org.obverse.api.metric.MetricFailedException;
import org.obverse.api.metric.TargetEvidence;
import org.obverse.api.metric.TargetMetric;
import org.obverse.api.network.Classifier;
import org.obverse.api.plugin.Checked;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.training.Augmentation;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.api.training.TrainingRecipe.Decay;
import org.obverse.api.training.TrainingRecipe.Method;

/**
 * How well the attacked model, without output filters, is copied from its answers to public images: Knockoff Nets with random choice
 * (Orekondy et al. 2019). Each image is asked about once. The student has the target's classes and input size, and is examined on private
 * test images after its last epoch: how often it predicts what the target predicts, and how often the image's class.
 */
final class ModelStealingMetric implements TargetMetric {
    private final Configuration configuration;
    private final Resources resources;
    private final Student student;

    ModelStealingMetric(Configuration configuration, Resources resources) {
        this.configuration = configuration;
        this.resources = resources;
        this.student = Student.of(configuration.student(), configuration.training(), resources);
    }

    /** What the thief sees, and how the student learns. */
    public record Configuration(
            @Meaning("what the target answers: labels, scores (softmax at temperature 1) or logits")
            Answers answers,

            @Meaning("how many public images the target is asked about, each once; drawn at random")
            int queries,

            @Meaning("the student: a classifier component and its settings")
            Use student,

            @Meaning("how the student is trained; smoothing only of labels")
            TrainingRecipe training)
            implements Checked {
        static final Configuration DEFAULT = new Configuration(
                Answers.LABELS,
                1000,
                Use.of("small-resnet"),
                new TrainingRecipe(
                        Method.ADAM,
                        1e-3,
                        0.9,
                        0.999,
                        0.9,
                        0,
                        40,
                        32,
                        Decay.COSINE,
                        List.of(),
                        1e-5,
                        0,
                        new Augmentation(0.85, 0.5, 0, 0, 0, 0, 1, 0, 1)));

        @Override
        public List<Problem> check() {
            return new Problems()
                    .atLeast(1, "queries", queries)
                    .under("training", training.check())
                    .require(
                            training.smoothing() == 0 || answers == Answers.LABELS,
                            "training.smoothing",
                            answers.label + " are learnt as they are, and never smoothed",
                            "use 0, or answers: labels")
                    .list();
        }
    }

    @Override
    public Measurement measure(TargetEvidence evidence) throws MetricFailedException {
        Judge target = Judge.target(evidence);
        Images open = evidence.images(Part.PUBLIC, target.model());
        if (configuration.queries() > open.size()) {
            throw new MetricFailedException(
                    "queries: %d are more than the %d public images; use at most as many, or more images"
                            .formatted(configuration.queries(), open.size()));
        }
        Gallery examination = target.real(Part.TEST, label -> true);
        if (examination.size() == 0) {
            throw new MetricFailedException("data: its test part is empty; hold back some private images for it");
        }
        int[] asked =
                Arrays.copyOf(evidence.random().child("queries").permutation(open.size()), configuration.queries());
        double[][] answers = target.real(open, asked).logits();
        try (NDManager manager = evidence.manager().newSubManager()) {
            Shape input = evidence.target().input();
            Classifier copy = student.build(input, evidence.target().classes(), manager, evidence);
            teach(copy, new Lessons(open, asked, answers), answers, evidence, manager);
            Gallery copied =
                    new Judge(evidence, new EvaluationModel(student.name(), copy, 0)).real(Part.TEST, label -> true);
            return measurement(examination, examination.logits(), copied.logits());
        }
    }

    private void teach(Classifier copy, Lessons lessons, double[][] logits, TargetEvidence evidence, NDManager manager)
            throws MetricFailedException {
        if (configuration.answers() == Answers.LABELS) {
            student.teach(copy, lessons, evidence);
        } else {
            Answers kind = configuration.answers();
            try (NDArray answers = kind.of(logits, manager)) {
                student.teach(copy, lessons, answers, kind.loss(resources.operators()), evidence);
            }
        }
    }

    /** Images with the target's prediction of each. */
    private static final class Lessons implements Images {
        private final Images all;
        private final int[] rows;
        private final int[] labels;

        Lessons(Images all, int[] rows, double[][] logits) {
            this.all = all;
            this.rows = rows;
            this.labels = Arrays.stream(logits).mapToInt(Verdict::predicted).toArray();
        }

        @Override
        public int size() {
            return rows.length;
        }

        @Override
        public Shape shape() {
            return all.shape();
        }

        @Override
        public int label(int index) {
            return labels[index];
        }

        @Override
        public NDArray read(NDManager manager, int... indices) {
            return all.read(
                    manager, Arrays.stream(indices).map(index -> rows[index]).toArray());
        }
    }

    private Measurement measurement(Gallery shown, double[][] target, double[][] copy) {
        List<Double> agreement = new ArrayList<>();
        List<Double> accuracy = new ArrayList<>();
        TreeMap<Integer, List<Integer>> perClass = new TreeMap<>();
        for (int i = 0; i < target.length; i++) {
            int said = Verdict.predicted(copy[i]);
            agreement.add(said == Verdict.predicted(target[i]) ? 1.0 : 0);
            accuracy.add(said == shown.label(i) ? 1.0 : 0);
            perClass.computeIfAbsent(shown.label(i), c -> new ArrayList<>()).add(i);
        }
        String by = " by " + configuration.answers().label;
        String judge = "(" + student.name() + ")";
        List<Integer> all = perClass.values().stream().flatMap(List::stream).toList();
        List<Row> rows = new ArrayList<>();
        perClass.forEach((c, places) -> rows.add(new Row(c, List.of(mean(agreement, places), mean(accuracy, places)))));
        return new Measurement(
                List.of(
                        new Figure("agreement" + by + judge, mean(agreement, all), Better.NEITHER, "fraction"),
                        new Figure("student accuracy" + by + judge, mean(accuracy, all), Better.NEITHER, "fraction")),
                List.of(new Table(
                        "model stealing" + by + judge, List.of("agreement" + by, "student accuracy" + by), rows)),
                List.of());
    }

    private static double mean(List<Double> values, List<Integer> places) {
        return places.stream().mapToDouble(values::get).average().orElseThrow();
    }
}
