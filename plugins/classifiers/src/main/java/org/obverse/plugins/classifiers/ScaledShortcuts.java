package org.obverse.plugins.classifiers;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.obverse.api.network.Pass;
import org.obverse.api.network.Residual.Shortcuts;
import org.obverse.api.network.ShortcutScale;
import org.obverse.networks.Layer;

/** The shortcuts of residual blocks: whole, but for those of scaled stages. */
record ScaledShortcuts(Map<String, Scaling> scalings) {
    static final ScaledShortcuts WHOLE = new ScaledShortcuts(Map.of());

    /** How a stage is scaled. */
    record Scaling(Shortcuts which, ShortcutScale scale) {}

    /** What a block adds to its residual. */
    interface Shortcut {
        /**
         * @param residual F(x)
         * @return F(x) + k s(x)
         */
        NDArray added(NDArray residual, NDArray x, Pass pass);
    }

    ScaledShortcuts with(String stage, Scaling scaling) {
        Map<String, Scaling> all = new LinkedHashMap<>(scalings);
        all.put(stage, scaling);
        return new ScaledShortcuts(all);
    }

    Shortcut identity(String stage) {
        return shortcut(scalings.get(stage), () -> (x, pass) -> x);
    }

    /**
     * A shortcut that changes channels or extent.
     *
     * @param projection takes the tensors of the shortcut, so it is asked only if there is one
     */
    Shortcut projection(String stage, Supplier<Layer> projection) {
        Scaling scaling = scalings.get(stage);
        return shortcut(scaling == null || scaling.which() == Shortcuts.IDENTITIES ? null : scaling, projection);
    }

    private static Shortcut shortcut(@Nullable Scaling scaling, Supplier<Layer> whole) {
        if (scaling != null && scaling.scale() == ShortcutScale.NONE) {
            return (residual, x, pass) -> residual;
        }
        Layer layer = whole.get();
        if (scaling == null) {
            return (residual, x, pass) -> residual.add(layer.apply(x, pass));
        }
        ShortcutScale scale = scaling.scale();
        return (residual, x, pass) -> residual.add(layer.apply(x, pass).mul(scale.factor(pass.progress())));
    }
}
