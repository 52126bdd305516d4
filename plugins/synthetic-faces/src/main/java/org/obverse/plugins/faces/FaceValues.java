package org.obverse.plugins.faces;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The values of all parameters of one picture, and the colours that follow from them. */
final class FaceValues {
    private static final Palette SKINS = new Palette(
            new Color(0.98, 0.86, 0.76),
            new Color(0.93, 0.75, 0.60),
            new Color(0.80, 0.58, 0.42),
            new Color(0.58, 0.38, 0.26),
            new Color(0.36, 0.22, 0.15));
    private static final Palette HAIRS = new Palette(
            new Color(0.07, 0.06, 0.07),
            new Color(0.25, 0.15, 0.09),
            new Color(0.48, 0.27, 0.13),
            new Color(0.70, 0.30, 0.12),
            new Color(0.88, 0.70, 0.35),
            new Color(0.78, 0.77, 0.76));
    private static final Palette IRISES = new Palette(
            new Color(0.20, 0.11, 0.06),
            new Color(0.42, 0.26, 0.12),
            new Color(0.30, 0.48, 0.25),
            new Color(0.25, 0.50, 0.75),
            new Color(0.55, 0.65, 0.72));
    private static final Palette FRAMES = new Palette(
            new Color(0.05, 0.05, 0.06),
            new Color(0.45, 0.12, 0.10),
            new Color(0.15, 0.20, 0.50),
            new Color(0.75, 0.65, 0.30));

    private static final Color LIP_TINT = new Color(0.95, 0.55, 0.55);
    private static final Color LIP_RED = new Color(0.12, 0, 0.02);

    /** Heights on the face are given for a face of this half height, and grow with it. */
    private static final double MEDIUM_FACE_HEIGHT = 0.64;

    private final Map<FaceParameter, Double> values = new EnumMap<>(FaceParameter.class);

    /** The values for u in (0, 1)^45, with the pose parameters at 0.5 + (u − 0.5)·align. */
    FaceValues(float[] u, double align) {
        int index = 0;
        for (FaceParameter parameter : FaceParameter.values()) {
            double at = u[index++];
            values.put(parameter, parameter.value(parameter.isPose() ? 0.5 + (at - 0.5) * align : at));
        }
    }

    double of(FaceParameter parameter) {
        return Objects.requireNonNull(values.get(parameter));
    }

    /** A height on the face, stretched with the face. */
    double ofHeight(FaceParameter parameter) {
        return of(parameter) * of(FaceParameter.FACE_HEIGHT) / MEDIUM_FACE_HEIGHT;
    }

    Color skin() {
        double undertone = of(FaceParameter.UNDERTONE);
        return SKINS.at(of(FaceParameter.SKIN))
                .plus(new Color(undertone, 0, -undertone))
                .clamped();
    }

    Color hair() {
        return HAIRS.at(of(FaceParameter.HAIR))
                .times(of(FaceParameter.HAIR_BRIGHTNESS))
                .clamped();
    }

    Color iris() {
        return IRISES.at(of(FaceParameter.IRIS));
    }

    Color frame() {
        return FRAMES.at(of(FaceParameter.FRAME));
    }

    Color lips() {
        double redness = of(FaceParameter.LIP_REDNESS);
        return skin().times(LIP_TINT)
                .times(0.75 + 0.30 * redness)
                .plus(LIP_RED.times(1.6 * redness))
                .clamped();
    }

    Color background() {
        return new Color(
                of(FaceParameter.BACKGROUND_RED),
                of(FaceParameter.BACKGROUND_GREEN),
                of(FaceParameter.BACKGROUND_BLUE));
    }
}
