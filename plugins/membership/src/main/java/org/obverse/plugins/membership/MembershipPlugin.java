package org.obverse.plugins.membership;

import java.util.List;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Requirements;

/** The table of contents of this jar. */
public final class MembershipPlugin implements Plugin {
    @Override
    public String id() {
        return "membership";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.METRIC,
                "distance-to-confident",
                "DtC: the smallest change of an image that makes the target confident in the image's own class, and how well it"
                        + " tells training from test images (Kaya, Hong and Dumitras 2020; our parametrisation).",
                DistanceToConfident.Configuration.DEFAULT,
                configuration -> Requirements.none().data(Part.TRAINING).data(Part.TEST),
                DistanceToConfident::new));
    }
}
