package org.obverse.engine.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.obverse.api.data.Images;
import org.obverse.api.defense.CheckpointPolicy.Verdict;
import org.obverse.api.defense.Epoch;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Parameters;
import org.obverse.api.network.Parameters.Requirement;
import org.obverse.api.random.RandomStream;
import org.obverse.api.training.TrainingContext;
import org.obverse.api.training.TrainingDivergedException;
import org.obverse.api.training.TrainingRecipe;
import org.obverse.engine.artifact.TensorFile;
import org.obverse.engine.torch.ResumableOptimizer;
import org.obverse.engine.torch.TorchRuntime;

/**
 * Trains a classifier by a recipe, with a defense's parts composed into the loop. Every draw has a stream of its own
 * (order by epoch, augmentation by epoch and sample, dropout by step), so nothing depends on what ran before.
 */
public final class ClassifierTrainer {
    private final TorchRuntime torch;

    public ClassifierTrainer(TorchRuntime torch) {
        this.torch = torch;
    }

    /**
     * What one epoch came to, on the training batches.
     *
     * @param further what the defense's gradient policy tells, by name
     */
    public record EpochFigures(double loss, double accuracy, Map<String, Double> further) {
        private static final String LOSS = "loss";
        private static final String ACCURACY = "accuracy";

        public EpochFigures {
            further = Collections.unmodifiableSortedMap(new TreeMap<>(further));
        }

        public EpochFigures(double loss, double accuracy) {
            this(loss, accuracy, Map.of());
        }

        /** What {@link #byName} gave; NaN where a name is missing. */
        public static EpochFigures of(Map<String, Double> figures) {
            Map<String, Double> further = new TreeMap<>(figures);
            further.keySet().removeAll(List.of(LOSS, ACCURACY));
            return new EpochFigures(
                    figures.getOrDefault(LOSS, Double.NaN), figures.getOrDefault(ACCURACY, Double.NaN), further);
        }

        /** All of them, by name. */
        public Map<String, Double> byName() {
            Map<String, Double> all = new LinkedHashMap<>();
            all.put(LOSS, loss);
            all.put(ACCURACY, accuracy);
            all.putAll(further);
            return all;
        }
    }

    /**
     * @param classifier already transformed by the composition's defenses; changed in place
     * @param images labelled
     * @param epochs where the training is kept after each epoch, and gone on from
     * @return one entry per epoch that ran
     * @throws TrainingDivergedException if the loss is not finite
     */
    public List<EpochFigures> train(
            Classifier classifier,
            Images images,
            TrainingRecipe recipe,
            Composition composition,
            TrainingContext context,
            EpochStore epochs) {
        Loop loop = new Loop(classifier, images, recipe, composition, context, epochs);
        try {
            return loop.run();
        } finally {
            loop.close();
            classifier.parameters().requireGradients(Requirement.NONE);
        }
    }

    private final class Loop implements AutoCloseable {
        private final Classifier classifier;
        private final TrainingRecipe recipe;
        private final Composition composition;
        private final TrainingContext context;
        private final BatchGradients gradients;
        private final Optional<Accompaniment> beside;
        private final int[] training;
        private final Validation validation;
        private final double rate;
        private final Snapshot best;
        private List<String> trained = List.of();
        private NDList variables = new NDList();
        private final EpochStore epochs;
        private final List<EpochFigures> figures = new ArrayList<>();
        private final List<Double> accuracies = new ArrayList<>();
        private List<ResumableOptimizer> optimizer = List.of();

        Loop(
                Classifier classifier,
                Images images,
                TrainingRecipe recipe,
                Composition composition,
                TrainingContext context,
                EpochStore epochs) {
            this.epochs = epochs;
            this.classifier = classifier;
            this.recipe = recipe;
            this.composition = composition;
            this.context = context;
            this.best = new Snapshot(classifier.parameters());
            int[] held = composition.heldOut(images.size(), context.random());
            validation = new Validation(classifier, images, held, recipe.batch(), context.random());
            BitSet learned = new BitSet();
            learned.set(0, images.size());
            Arrays.stream(held).forEach(learned::clear);
            training = learned.stream().toArray();
            this.rate = Batches.rate(training.length, recipe.batch());
            this.beside = composition.accompaniment(
                    torch, classifier, recipe, context.random().child("companion"));
            this.gradients = new BatchGradients(
                    torch,
                    classifier,
                    images,
                    new Augmenter(recipe.augmentation()),
                    composition,
                    beside,
                    rate * training.length);
        }

        List<EpochFigures> run() {
            for (int e = resume(); e < recipe.epochs(); e++) {
                Epoch epoch = new Epoch(e, recipe.epochs());
                prepare(epoch);
                EpochFigures figure = epoch(epoch);
                figures.add(figure);
                if (!Double.isFinite(figure.loss())) {
                    throw new TrainingDivergedException(e + 1, figure.loss());
                }
                tell();
                accuracies.add(accuracy(figure));
                if (judge(epoch, accuracies.get(e)) == Verdict.STOP) {
                    break;
                }
                keep();
            }
            best.restore();
            return figures;
        }

        private void tell() {
            EpochFigures last = figures.get(figures.size() - 1);
            context.progress(figures.size(), recipe.epochs(), last.byName());
        }

        /** The epoch to go on with. */
        private int resume() {
            Optional<TensorFile> last = epochs.last();
            if (last.isEmpty()) {
                return 0;
            }
            Checkpoint.Facts facts = Checkpoint.facts(last.get());
            figures.addAll(facts.figures());
            accuracies.addAll(facts.accuracies());
            tell();
            for (int e = 0; e < figures.size(); e++) {
                Epoch epoch = new Epoch(e, recipe.epochs());
                double accuracy = accuracies.get(e);
                composition.checkpoints().ifPresent(policy -> policy.judge(epoch, accuracy));
            }
            Checkpoint.restore(last.get(), classifier.parameters());
            beside.ifPresent(companion -> companion.loan().restore(last.get()));
            try (NDManager manager = classifier.parameters().manager().newSubManager()) {
                best.put(Checkpoint.best(last.get(), manager));
                prepare(new Epoch(figures.size() - 1, recipe.epochs()));
                if (trained.equals(facts.trained())) {
                    optimizer.get(0).resume(Checkpoint.moments(last.get(), manager));
                }
            }
            return figures.size();
        }

        private void keep() {
            if (epochs.keeps()) {
                Checkpoint.save(
                        epochs,
                        new Checkpoint.Facts(figures, accuracies, trained),
                        classifier.parameters(),
                        optimizer.get(0).moments(),
                        best.tensors(),
                        beside.map(companion -> companion.loan().tensors()).orElse(Map.of()));
            }
        }

        /** What the checkpoint policy is told; of the training batches if no sample is held out. */
        private double accuracy(EpochFigures figure) {
            return composition.checkpoints().isEmpty() || validation.size() == 0
                    ? figure.accuracy()
                    : validation.accuracy();
        }

        private Verdict judge(Epoch epoch, double accuracy) {
            return composition
                    .checkpoints()
                    .map(policy -> {
                        Verdict verdict = policy.judge(epoch, accuracy);
                        if (verdict == Verdict.KEEP) {
                            best.take();
                        }
                        return verdict;
                    })
                    .orElse(Verdict.CONTINUE);
        }

        /** Sets up the optimizer anew whenever a policy freezes or releases weights. */
        private void prepare(Epoch epoch) {
            Parameters parameters = classifier.parameters();
            parameters.freeze(weight -> !composition.trains(weight, epoch));
            List<String> names = List.copyOf(parameters.trainable().keySet());
            if (names.equals(trained)) {
                return;
            }
            release();
            trained = names;
            variables = parameters.trainableList();
            parameters.requireGradients(Requirement.TRAINABLE);
            optimizer = List.of(RecipeOptimizer.of(torch, recipe, variables));
        }

        private EpochFigures epoch(Epoch epoch) {
            RandomStream random = context.random().child("epoch", epoch.index());
            List<int[]> batches = composition.bounding().isEmpty()
                    ? Batches.shuffled(training, recipe.batch(), random.child("order"))
                    : Batches.poisson(training, recipe.batch(), random);
            double loss = 0;
            long correct = 0;
            long seen = 0;
            for (int number = 0; number < batches.size(); number++) {
                context.checkpoint();
                int[] indices = batches.get(number);
                try (NDScope scope = new NDScope()) {
                    BatchGradients.Step step =
                            gradients.of(indices, epoch, variables, random, random.child("step", number));
                    optimizer.get(0).step(step.gradient(), recipe.learningRate(epoch.index()));
                    loss += step.loss() * indices.length;
                    correct += step.correct();
                    seen += indices.length;
                }
            }
            long steps = (epoch.index() + 1L) * batches.size();
            Map<String, Double> further = composition
                    .bounding()
                    .map(policy -> policy.figures(rate, steps))
                    .orElse(Map.of());
            long counted = Math.max(1, seen);
            return new EpochFigures(loss / counted, (double) correct / counted, further);
        }

        private void release() {
            optimizer.forEach(ResumableOptimizer::close);
            optimizer = List.of();
        }

        @Override
        public void close() {
            release();
            beside.ifPresent(companion -> companion.loan().close());
            best.close();
        }
    }
}
