package org.obverse.plugins.controls;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.control.Control;
import org.obverse.api.control.ControlContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.Framing;
import org.obverse.plugins.controls.Highest.Scored;
import org.obverse.plugins.controls.PriorDraws.Draw;

/**
 * Of n draws of the prior those with the highest log p_y, for each class as many as the attack delivered.
 *
 * <p><b>Equal budget.</b> The target is asked as many questions as the attack asked it in all ({@link ControlContext#questions}), or as many as it
 * delivered of one class if it asked less. One answer holds the scores of all classes, so each draw serves all of them: nobody who has that
 * budget and does not search can do better. It is shown as much of each image as the attack shows it ({@link ControlContext#centerCrop}).
 * Where the generator draws under classes, the questions are shared out among these.
 */
record BestOfN(BestSettings settings) implements Control {
    @Override
    public Role role() {
        return Role.NULL;
    }

    @Override
    public Candidates candidates(ControlContext context) {
        Search search = new Search(new PriorDraws(context.generator(), settings.truncationPsi()), context);
        context.onBudgetSpent(search::found);
        search.ask(shown(context));
        return search.found();
    }

    /** From points to what the target is shown of them. */
    private static UnaryOperator<NDArray> shown(ControlContext context) {
        Generator generator = context.generator();
        if (generator.image().dimension() != 3) {
            return generator::generate;
        }
        FramedImages framed = FramedImages.of(
                generator,
                new Framing(context.centerCrop(), 0),
                context.target(ScoreOracle.class).input());
        return points -> framed.framed().apply(framed.generate().apply(points).clip(-1, 1));
    }

    /** Draws that serve some of the classes. */
    private record Pool(RandomStream random, List<Integer> classes) {
        Draw draw(int number) {
            return new Draw(random.child("draw", number), classes.get(0));
        }
    }

    /** The best so far. */
    private static final class Search {
        private final PriorDraws prior;
        private final ControlContext context;
        private final int draws;
        private final List<Pool> pools;
        private final Map<Integer, Highest> best = new LinkedHashMap<>();

        Search(PriorDraws prior, ControlContext context) {
            this.prior = prior;
            this.context = context;
            context.classes().forEach(wanted -> best.put(wanted, new Highest(context.delivered(wanted))));
            int most = context.classes().stream()
                    .mapToInt(context::delivered)
                    .max()
                    .orElseThrow();
            long served = prior.areOfClasses() ? context.classes().size() : 1;
            this.draws = Math.toIntExact(Math.max(most, context.questions() / served));
            this.pools = prior.areOfClasses()
                    ? context.classes().stream()
                            .map(wanted -> new Pool(context.random().child("class", wanted), List.of(wanted)))
                            .toList()
                    : List.of(new Pool(context.random().child("all classes"), context.classes()));
        }

        void ask(UnaryOperator<NDArray> shown) {
            ScoreOracle target = context.target(ScoreOracle.class);
            for (int pool = 0; pool < pools.size(); pool++) {
                for (int from = 0; from < draws; from += context.batch()) {
                    context.checkpoint();
                    int[] numbers = Highest.range(from, Math.min(draws, from + context.batch()));
                    ask(pools.get(pool), numbers, target, shown);
                    context.progress(
                            (long) pool * draws + from + numbers.length, (long) pools.size() * draws, Map.of());
                }
            }
        }

        private void ask(Pool pool, int[] numbers, ScoreOracle target, UnaryOperator<NDArray> shown) {
            try (NDScope scope = new NDScope()) {
                List<Draw> drawn = IntStream.of(numbers).mapToObj(pool::draw).toList();
                double[] scores = target.logScores(shown.apply(prior.points(drawn, context.manager())))
                        .toDoubleArray();
                best.forEach((wanted, highest) -> {
                    if (pool.classes().contains(wanted)) {
                        highest.add(scores, wanted, numbers);
                    }
                });
            }
        }

        Candidates found() {
            List<Draw> chosen = new ArrayList<>();
            List<Integer> classes = new ArrayList<>();
            List<Double> scores = new ArrayList<>();
            best.forEach((wanted, highest) -> {
                Pool pool = pools.stream()
                        .filter(serving -> serving.classes().contains(wanted))
                        .findFirst()
                        .orElseThrow();
                for (Scored one : highest.of(draws)) {
                    chosen.add(pool.draw(one.number()));
                    classes.add(wanted);
                    scores.add(one.score());
                }
            });
            return new Candidates(prior.kept(chosen, context), classes, scores, List.of());
        }
    }
}
