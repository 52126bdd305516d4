package org.obverse.plugins.transfer;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.obverse.api.defense.Epoch;
import org.obverse.api.defense.ParameterPolicy;
import org.obverse.api.plugin.Problem;
import org.obverse.api.plugin.Problems;

/**
 * The head learns, and after some epochs the last layers do; all others keep what they learned elsewhere (TL-DMI, Ho et al. 2024,
 * section 4). A layer with running statistics that is frozen neither uses nor learns those of private images.
 */
record LastLayers(TransferLearning settings) implements ParameterPolicy {
    @Override
    public boolean trains(String weight, Epoch epoch) {
        return begins(weight, settings.head())
                || (epoch.progress() >= settings.headEpochs() && begins(weight, settings.trained()));
    }

    @Override
    public boolean needsPretrained() {
        return true;
    }

    @Override
    public List<Problem> check(Set<String> weights) {
        return new Problems()
                .all(missing("trained", settings.trained(), weights))
                .all(missing("head", settings.head(), weights))
                .list();
    }

    private static List<Problem> missing(String key, List<String> beginnings, Set<String> weights) {
        Set<String> known = weights.stream()
                .map(name -> name.substring(0, name.indexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        Problems problems = new Problems();
        beginnings.forEach(beginning -> problems.require(
                weights.stream().anyMatch(weight -> weight.startsWith(beginning)),
                key,
                "no tensor that could learn has a name that begins with '" + beginning + "'",
                "names begin with: " + String.join(", ", known)));
        return problems.list();
    }

    private static boolean begins(String weight, List<String> beginnings) {
        return beginnings.stream().anyMatch(weight::startsWith);
    }
}
