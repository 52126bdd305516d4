package org.obverse.plugins.rlb;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.obverse.api.attack.Candidates;
import org.obverse.api.attack.Candidates.Curve;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preflight;
import org.obverse.api.attack.Representation;
import org.obverse.api.attack.StageContext;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.ScoreOracle;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Resources;
import org.obverse.api.random.RandomStream;
import org.obverse.inversion.Certainties;
import org.obverse.inversion.Certainty;
import org.obverse.inversion.FramedImages;
import org.obverse.inversion.PriorPoints;

/**
 * The search of RLB-MI (Han et al. 2023): an agent per candidate learns which points of the prior, within [-1, 1] in each
 * coordinate, the target takes for its class. In each episode it acts once at a random state, learns, and acts once more for
 * the record; found is the surest point that it tried, at first its start, which the target is not asked about.
 *
 * <p>With {@code alpha} 0 the state does not enter the image: a bandit. An episode then costs two queries (the released code
 * asks about the same image once more), else three.
 *
 * <p>The agents of a unit act and learn in step, their parameters stacked; draws and arithmetic of each are its own. But passes
 * of generator and target round differently in the last bit when they are of another size, and Adam turns the sign of a
 * vanishing gradient into a whole step. With equal rewards a class learns the same alone and among others; after many updates on a
 * real target it is another sample of the same search. The component says that its batch is coupled for this alone.
 */
final class SoftActorCritic implements Optimizer, Preflight, Representation.Opener {
    static final String NAME = "soft-actor-critic";

    /** The sampler of GMI, whose draws these searches begin with too. */
    static final String START = "prior-draws";

    private final SacSettings settings;
    private final Resources resources;

    SoftActorCritic(SacSettings settings, Resources resources) {
        this.settings = settings;
        this.resources = resources;
    }

    @Override
    public List<Problem> check(Setting setting) {
        return settings.framing().fit(setting.generator().image());
    }

    @Override
    public Representation open(NDList variables, Generator generator) {
        return PriorPoints.open(variables, generator, NAME);
    }

    @Override
    public Candidates optimize(Candidates start, StageContext context) {
        return new Search(start, context).run();
    }

    /** One call. */
    private final class Search {
        private final StageContext context;
        private final Generator generator;
        private final List<Integer> classes;
        private final List<RandomStream> streams;
        private final Certainties certainties;
        private final Reward reward = new Reward(settings);
        private final List<Found> found;

        private Search(Candidates start, StageContext context) {
            this.context = context;
            PriorPoints points = PriorPoints.of(start.representation(), context, NAME, START);
            this.generator = points.generator();
            this.classes = start.classes();
            this.streams = IntStream.range(0, classes.size())
                    .mapToObj(row -> start.stream(context.random(), row))
                    .toList();
            FramedImages images = FramedImages.of(
                    generator,
                    settings.framing(),
                    context.target(ScoreOracle.class).input());
            this.certainties =
                    new Certainties(z -> images.framed().apply(images.generate().apply(generator.locate(z))), context);
            this.found = Certainties.rows(points.z()).stream()
                    .map(z -> new Found(settings, z))
                    .toList();
        }

        Candidates run() {
            context.onBudgetSpent(this::candidates);
            try (Agents agents = new Agents(settings, resources, context.manager(), streams, generator.latentSize())) {
                for (int episode = 0; episode < settings.episodes(); episode++) {
                    context.checkpoint();
                    try (NDScope scope = new NDScope()) {
                        perform(agents, episode);
                    }
                    report(episode);
                }
            }
            return candidates();
        }

        private void perform(Agents agents, int episode) {
            NDArray states = agents.states(episode, "explore");
            NDArray actions = agents.act(states, episode, "explore");
            List<Found.Tried> explored = tried(states, actions);
            List<Certainty> ofActions = settings.alpha() == 0 ? certaintiesOf(explored) : certaintiesOf(tried(actions));
            double[] rewards = IntStream.range(0, classes.size())
                    .mapToDouble(i -> reward.of(explored.get(i).certainty(), ofActions.get(i)))
                    .toArray();
            agents.learn(states, actions, rewards, episode);
            NDArray fresh = agents.states(episode, "test");
            List<Found.Tried> tested = tried(fresh, agents.act(fresh, episode, "test"));
            for (int i = 0; i < found.size(); i++) {
                found.get(i).ended(rewards[i], explored.get(i), tested.get(i));
            }
        }

        /** At {@code α s + (1 − α) a}. */
        private List<Found.Tried> tried(NDArray states, NDArray actions) {
            return tried(
                    settings.alpha() == 0
                            ? actions
                            : states.mul(settings.alpha()).add(actions.mul(1 - settings.alpha())));
        }

        private List<Found.Tried> tried(NDArray points) {
            List<float[]> z = Certainties.rows(points.reshape(classes.size(), -1));
            List<Certainty> sure = certainties.of(
                    z, classes.stream().mapToInt(Integer::intValue).toArray());
            return IntStream.range(0, z.size())
                    .mapToObj(i -> new Found.Tried(z.get(i), sure.get(i)))
                    .toList();
        }

        private Candidates candidates() {
            List<Double> scores = new ArrayList<>();
            found.forEach(each -> scores.add(each.certainty().logConfidence()));
            return new Candidates(
                    PriorPoints.of(generator, found.stream().map(Found::best).toList(), NAME, context.manager()),
                    classes,
                    scores,
                    List.of(curve("reward", Found::rewards), curve("confidence", Found::confidences)));
        }

        private Curve curve(String name, Function<Found, float[]> values) {
            return new Curve(name, found.stream().map(values).toList());
        }

        private void report(int episode) {
            double confidence = found.stream()
                    .mapToDouble(each -> each.certainty().confidence())
                    .average()
                    .orElseThrow();
            context.progress(episode + 1L, settings.episodes(), Map.of("confidence", confidence));
        }
    }

    private static List<Certainty> certaintiesOf(List<Found.Tried> tried) {
        return tried.stream().map(Found.Tried::certainty).toList();
    }
}
