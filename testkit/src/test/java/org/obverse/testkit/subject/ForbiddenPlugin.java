package org.obverse.testkit.subject;

import java.util.ArrayList;
import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Plugin;
import org.obverse.testkit.subject.forbidden.Caching;
import org.obverse.testkit.subject.forbidden.Calling;
import org.obverse.testkit.subject.forbidden.Keeping;
import org.obverse.testkit.subject.forbidden.Listening;
import org.obverse.testkit.subject.forbidden.Programs;
import org.obverse.testkit.subject.forbidden.Prying;
import org.obverse.testkit.subject.forbidden.Reaching;
import org.obverse.testkit.subject.forbidden.Surroundings;
import org.obverse.testkit.subject.forbidden.Threads;
import org.obverse.testkit.subject.forbidden.Writing;

/** Components that behave, each with a configuration that leads to forbidden code of one sort; and innocent ones beside them. */
public final class ForbiddenPlugin implements Plugin {
    @Override
    public String id() {
        return "subjects";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        List<Component<?, ?>> all = new ArrayList<>();
        for (Subjects<?, ?> kind : SubjectsPlugin.ofEveryKind()) {
            all.add(kind.honest("honest-beside", new Subjects.Weight(1)));
            all.add(kind.honest("honest-with-a-cache", new Caching(1)));
            all.add(kind.honest("no-threads-clock-or-randomness", new Threads(1)));
            all.add(kind.honest("files-stay-in-the-workspace", new Writing(1)));
            all.add(kind.honest("no-network", new Calling(1)));
            all.add(kind.honest("no-environment", new Surroundings(1)));
            all.add(kind.honest("no-reflection", new Prying(1)));
            all.add(kind.honest("nothing-static-changes", new Keeping(1)));
        }
        all.addAll(Reaching.components());
        all.add(Recipes.listeners().honest("honest-with-a-clock", new Listening(1)));
        all.add(Recipes.attacks().honest("with-a-clock", new Listening(1)));
        // All of them: threads of classes that no component leads to would be the plugin's.
        all.addAll(Places.subjects().all());
        all.add(Places.subjects().honest("honest-with-programs", new Programs(1)));
        all.add(Recipes.attacks().honest("with-programs", new Programs(1)));
        all.add(Recipes.listeners().honest("with-programs", new Programs(1)));
        return all;
    }
}
