package org.obverse.cli.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.defense.Defense;
import org.obverse.api.network.Finished;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.engine.configuration.Node;
import org.obverse.engine.configuration.Node.Mapping;
import org.obverse.engine.configuration.Node.Scalar;
import org.obverse.engine.configuration.Node.Sequence;
import org.obverse.engine.configuration.Yaml;
import org.obverse.engine.plan.Origin;
import org.obverse.engine.plan.PlannedComponent;
import org.obverse.engine.plugin.Registry;

/**
 * What an audit consists of, in one place: the attacks on the target, the plainest of them on its undefended counterpart, and what is
 * measured.
 *
 * <p>The attacker has public images. A transfer attack takes its gradients from surrogates that learned what the target says of these: an
 * undefended model of the same private people would give them away itself, and what such an attack finds would say nothing of the target.
 */
record Attacks(Subject subject, Budget budget, Registry registry) {
    static final String UNDEFENDED = "undefended ";

    private static final String SOURCE = "audit";

    /** Settings of adapted losses that did best (README, "Can an attack be adapted to negative smoothing?"). */
    private static final Map<String, String> BEST = Map.of("matched-cross-entropy", "share: 0.5, images: 200");

    /** By the names that their cells get. */
    Map<String, Node> all() {
        Map<String, Node> attacks = new LinkedHashMap<>();
        String target = subject.target().name();
        attacks.put("poincare", attack(budget.ppa("poincare"), target));
        attacks.put("cross-entropy", attack(budget.ppa("cross-entropy"), target));
        attacks.put("scores", attack(budget.scores(), target));
        attacks.put("labels", attack(budget.labels(), target));
        attacks.put("surrogates", attack(budget.transfer(), target));
        adapted().forEach(loss -> attacks.put("adapted " + loss, attack(budget.adapted(written(loss)), target)));
        if (!subject.counterpart().isEmpty()) {
            plain().forEach((name, yaml) -> attacks.put(UNDEFENDED + name, attack(yaml, subject.counterpart())));
        }
        return attacks;
    }

    /** What the counterpart is attacked with: what anybody would try first at the access that is granted. */
    private Map<String, String> plain() {
        Map<String, String> plain = new LinkedHashMap<>();
        if (subject.access().grants(Access.WHITE_BOX)) {
            plain.put("poincare", budget.ppa("poincare"));
            plain.put("cross-entropy", budget.ppa("cross-entropy"));
        } else if (subject.access().grants(Access.SCORES)) {
            plain.put("scores", budget.scores());
        }
        plain.put("labels", budget.labels());
        return plain;
    }

    private Node attack(String yaml, String target) {
        Mapping attack = ((Mapping) Yaml.read(yaml, SOURCE)).with("target", new Scalar(target, 0));
        return subject.planned()
                .source()
                .at("attack.classes")
                .map(classes -> attack.with("classes", classes))
                .orElse(attack)
                .movedTo(0);
    }

    private static String written(String loss) {
        return BEST.containsKey(loss) ? "{ use: " + loss + ", " + BEST.get(loss) + " }" : loss;
    }

    /**
     * Losses that declare that they get around one of the target's defenses, those with known settings first; of a finished target that has
     * none, losses that get around any, for nobody says how it was trained.
     */
    private List<String> adapted() {
        List<String> defenses = subject.target().activeDefense().stream()
                .map(PlannedComponent<Defense>::name)
                .toList();
        boolean isUnknown = defenses.isEmpty() && !(subject.target().origin() instanceof Origin.Trained);
        return registry.all(Kind.IDENTITY_LOSS).stream()
                .filter(loss -> isUnknown
                        ? !adaptedTo(loss.component()).isEmpty()
                        : !Collections.disjoint(adaptedTo(loss.component()), defenses))
                .map(loss -> loss.component().name())
                .sorted(Comparator.comparing(loss -> !BEST.containsKey(loss)))
                .limit(budget.adaptations())
                .toList();
    }

    private static <C extends Record> Set<String> adaptedTo(Component<C, IdentityLoss> loss) {
        return loss.requirements().apply(loss.defaults()).adaptedTo();
    }

    /** One list for all cells. */
    Node metrics() {
        List<Node> metrics = new ArrayList<>();
        subject.plan().evaluation().forEach((name, judge) -> {
            metrics.add(metric("use: attack-accuracy, judge: " + name));
            if (!(judge.classifier().configuration() instanceof Finished)) {
                metrics.add(metric("use: feature-distance, judge: " + name));
            }
        });
        metrics.add(metric("use: test-accuracy, target: " + subject.target().name()));
        if (!subject.counterpart().isEmpty()) {
            metrics.add(metric("use: test-accuracy, target: " + subject.counterpart()));
        }
        if (subject.access().grants(Access.WHITE_BOX)) {
            metrics.add(
                    metric(budget.geometry() + ", target: " + subject.target().name()));
        }
        return new Sequence(metrics, 0);
    }

    private static Node metric(String keys) {
        return Yaml.read("{ " + keys + " }", SOURCE).movedTo(0);
    }
}
