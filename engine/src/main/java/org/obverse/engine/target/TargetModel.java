package org.obverse.engine.target;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.obverse.api.defense.OutputFilter;
import org.obverse.api.network.Activations;
import org.obverse.api.network.Classifier;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Tap;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;
import org.obverse.api.oracle.LogitOracle;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.oracle.WhiteBox;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;

/**
 * The target behind its oracles. Each oracle is a type of its own that has only the questions of its level; below white
 * box the network runs with recording paused and its answers are detached.
 */
public final class TargetModel {
    private final Classifier classifier;
    private final List<OutputFilter> filters;
    private final Gradients gradients;

    public TargetModel(Classifier classifier, List<OutputFilter> filters, Gradients gradients) {
        this.classifier = classifier;
        this.filters = List.copyOf(filters);
        this.gradients = gradients;
    }

    public Classifier classifier() {
        return classifier;
    }

    /**
     * The target at one level of access.
     *
     * @param noise for networks and filters that are random at inference
     */
    public LabelOracle oracle(Access access, QueryLedger ledger, RandomStream noise) {
        Questions questions = new Questions(ledger, noise);
        return switch (access) {
            case NONE -> throw new IllegalArgumentException("the component declared that it never asks the target");
            case LABELS -> new Labels(questions);
            case SCORES -> new Scores(questions);
            case LOGITS -> new Logits(questions);
            case WHITE_BOX -> new White(questions);
        };
    }

    /** What can be asked, whoever may ask it. */
    private final class Questions {
        private final QueryLedger ledger;
        private final RandomStream noise;
        private long asked;

        Questions(QueryLedger ledger, RandomStream noise) {
            this.ledger = ledger;
            this.noise = noise;
        }

        Shape input() {
            return classifier.input();
        }

        int classes() {
            return classifier.classes();
        }

        List<Tap> taps() {
            return classifier.taps();
        }

        NDArray labels(NDArray images) {
            return answer("labels", images, () -> filtered(images).argMax(1));
        }

        NDArray logScores(NDArray images) {
            return answer(
                    "scores",
                    images,
                    () -> filtered(images).toType(DataType.FLOAT64, false).logSoftmax(1));
        }

        NDArray logits(NDArray images) {
            return answer("logits", images, () -> filtered(images));
        }

        Activations forward(NDArray images) {
            ledger.charge("white-box", images.getShape().get(0));
            return classifier.forward(images, pass());
        }

        private NDArray answer(String kind, NDArray images, Supplier<NDArray> question) {
            ledger.charge(kind, images.getShape().get(0));
            try (Gradients.Recording paused = gradients.paused()) {
                return question.get();
            }
        }

        private NDArray filtered(NDArray images) {
            Pass pass = pass();
            NDArray logits = classifier.forward(images, pass).logits();
            for (int i = 0; i < filters.size(); i++) {
                logits = filters.get(i).filter(logits, pass.noise().child("filter", i));
            }
            return logits;
        }

        private Pass pass() {
            return Pass.evaluation(noise.child("query", asked++));
        }
    }

    /** Each level of access answers with what the level below has and one question more. */
    private interface AnswersLabels extends LabelOracle {
        Questions target();

        @Override
        default Shape input() {
            return target().input();
        }

        @Override
        default int classes() {
            return target().classes();
        }

        @Override
        default NDArray labels(NDArray images) {
            return target().labels(images);
        }
    }

    private interface AnswersScores extends AnswersLabels, ScoreOracle {
        @Override
        default NDArray logScores(NDArray images) {
            return target().logScores(images);
        }
    }

    private interface AnswersLogits extends AnswersScores, LogitOracle {
        @Override
        default NDArray logits(NDArray images) {
            return target().logits(images);
        }
    }

    private record Labels(Questions target) implements AnswersLabels {}

    private record Scores(Questions target) implements AnswersScores {}

    private record Logits(Questions target) implements AnswersLogits {}

    private record White(Questions target) implements AnswersLogits, WhiteBox {
        @Override
        public List<Tap> taps() {
            return target.taps();
        }

        @Override
        public Activations forward(NDArray images) {
            return target.forward(images);
        }
    }
}
