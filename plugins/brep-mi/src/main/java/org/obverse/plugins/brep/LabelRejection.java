package org.obverse.plugins.brep;

import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.inversion.PriorPoints;

/**
 * Draws from the prior until the target takes an image for each class (Kahla et al. 2022): one sequence of
 * draws for all classes, of which each class keeps the first that are taken for it.
 *
 * <p>The published code draws without end and, by default, attacks whichever classes are hit first, which are the easy
 * ones. Here the plan says which classes are attacked and {@code draws} bounds the search. A class that is never hit keeps
 * draws that the target takes for another one, with the score −1; hits have the score 1. These draws are always the same
 * ones of the sequence, whenever the search ends.
 */
final class LabelRejection implements Sampler, Representation.Opener {
    static final String NAME = "label-rejection";

    private static final double HIT = 1;

    /** The score of a candidate that the target does not take for its class. */
    static final double MISS = -1;

    private final RejectionSettings settings;

    LabelRejection(RejectionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return PriorPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates sample(StageContext context) {
        return new Search(context).run();
    }

    /** One call. */
    private final class Search {
        private final StageContext context;
        private final Decisions decisions;
        private final Map<Integer, List<Integer>> hits = new LinkedHashMap<>();

        private Search(StageContext context) {
            this.context = context;
            this.decisions = new Decisions(context.generator(), context);
            context.classes().forEach(wanted -> hits.put(wanted, new ArrayList<>()));
        }

        Candidates run() {
            int wanted = hits.size() * settings.candidates();
            long most = (long) hits.size() * settings.draws();
            context.onBudgetSpent(this::candidates);
            for (int from = 0; from < most && found() < wanted; from += context.batch()) {
                int[] draws = IntStream.range(from, Math.toIntExact(Math.min(most, from + (long) context.batch())))
                        .toArray();
                note(
                        draws,
                        decisions.at(IntStream.of(draws).mapToObj(this::draw).toList()));
                context.progress(found(), wanted, Map.of("draws", from + (double) draws.length));
            }
            return candidates();
        }

        private void note(int[] draws, long... labels) {
            for (int i = 0; i < draws.length; i++) {
                List<Integer> ofClass = hits.get((int) labels[i]);
                if (ofClass != null && ofClass.size() < settings.candidates()) {
                    ofClass.add(draws[i]);
                }
            }
        }

        private int found() {
            return hits.values().stream().mapToInt(List::size).sum();
        }

        private float[] draw(int number) {
            return Decisions.clamped(
                    context.random()
                            .child("draw", number)
                            .gaussians(context.generator().latentSize()),
                    settings.range());
        }

        private Candidates candidates() {
            List<Integer> classes = new ArrayList<>();
            List<Double> scores = new ArrayList<>();
            List<float[]> points = new ArrayList<>();
            for (int wanted : context.classes()) {
                List<Integer> ofClass = Objects.requireNonNull(hits.get(wanted));
                for (int i = 0; i < settings.candidates(); i++) {
                    boolean hit = i < ofClass.size();
                    classes.add(wanted);
                    scores.add(hit ? HIT : MISS);
                    points.add(draw(hit ? ofClass.get(i) : wanted * settings.candidates() + i));
                }
            }
            return new Candidates(
                    PriorPoints.of(context.generator(), points, NAME, context.manager()), classes, scores, List.of());
        }
    }
}
