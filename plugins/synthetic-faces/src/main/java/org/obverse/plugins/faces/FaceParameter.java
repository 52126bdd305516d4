package org.obverse.plugins.faces;

/**
 * The 45 numbers that determine a picture: first 30 of identity, then 15 of nuisance, of which the first five are the
 * pose. Each is given as u in (0, 1) and stands for a value in its range; lengths are in half image sides, angles in
 * radians. The order is that of the vector u and of every generator trained on these faces, and never changes.
 */
public enum FaceParameter {
    /** Half the width of the face. */
    FACE_WIDTH(0.40, 0.58),
    /** Half the height of the face. */
    FACE_HEIGHT(0.56, 0.72),
    /** By how much the lower half of the face narrows; negative values widen it. */
    JAW(-0.20, 0.38),
    /** Position in the palette of skin, from light to dark. */
    SKIN(0, 1),
    /** Added to the red of the skin and taken from its blue. */
    UNDERTONE(-0.05, 0.05),
    /** Position in the palette of hair. */
    HAIR(0, 1),
    HAIR_BRIGHTNESS(0.75, 1.15),
    /** How far the hair stands off the skull. */
    HAIR_VOLUME(0.03, 0.17),
    /** The height y at which long hair ends. */
    HAIR_END(-0.35, 0.95),
    /** The height y of the hairline on a face of medium height. */
    HAIRLINE(-0.75, -0.30),
    /** Slope of the hairline. */
    PARTING(-0.45, 0.45),
    /** Distance of an eye from the middle of the face. */
    EYE_SPACING(0.15, 0.26),
    /** Half the width of an eye. */
    EYE_SIZE(0.065, 0.115),
    /** Height of an eye over its width. */
    EYE_ASPECT(0.45, 0.85),
    /** Position in the palette of irises. */
    IRIS(0, 1),
    /** The height y of the eyes. */
    EYE_HEIGHT(-0.14, 0.02),
    BROW_THICKNESS(0.014, 0.045),
    /** How far the brows fall towards the nose. */
    BROW_TILT(-0.06, 0.07),
    /** Gap between eye and brow. */
    BROW_GAP(0.05, 0.12),
    NOSE_LENGTH(0.12, 0.26),
    /** Half the width of the nose. */
    NOSE_WIDTH(0.05, 0.13),
    /** Half the width of the mouth. */
    MOUTH_WIDTH(0.12, 0.27),
    LIP_THICKNESS(0.025, 0.065),
    LIP_REDNESS(0, 1),
    /** The height y of the mouth on a face of medium height. */
    MOUTH_HEIGHT(0.30, 0.42),
    /** Opacity of the beard; most people have none. */
    BEARD(0, 0.85, 0.55, 0.75),
    /** Opacity of the moustache; most people have none. */
    MOUSTACHE(0, 0.9, 0.6, 0.8),
    /** Opacity of the glasses; most people have none. */
    GLASSES(0, 1, 0.62, 0.74),
    /** Position in the palette of spectacle frames. */
    FRAME(0, 1),
    EAR_SIZE(0.05, 0.13),

    /** Pose: how far the face is shifted to the right. */
    SHIFT_X(-0.10, 0.10),
    /** Pose: how far the face is shifted down. */
    SHIFT_Y(-0.08, 0.08),
    /** Pose: angle by which the head is tilted. */
    ROTATION(-0.20, 0.20),
    /** Pose: size of the head. */
    SCALE(0.92, 1.08),
    /** Pose: how far the inner features are shifted to the right by a turned head. */
    YAW(-0.07, 0.07),
    /** Direction from which the light comes. */
    LIGHT_ANGLE(-Math.PI, Math.PI),
    LIGHT_STRENGTH(0, 0.35),
    AMBIENT_LIGHT(0.80, 1.12),
    /** How far the mouth is open. */
    MOUTH_OPENING(0, 0.09, 0.4, 1),
    /** How far the corners of the mouth are up. */
    SMILE(-0.10, 0.16),
    /** How far the irises are shifted to the right, in units of the eye size. */
    GAZE(-0.35, 0.35),
    BACKGROUND_RED(0.15, 0.95),
    BACKGROUND_GREEN(0.15, 0.95),
    BACKGROUND_BLUE(0.15, 0.95),
    /** By which fraction the background brightens from the middle to the lower edge. */
    BACKGROUND_GRADIENT(-0.25, 0.25);

    /** The number of parameters, which is the length of u: identity before nuisance. */
    public static final int COUNT = 45;

    /** The number of identity parameters, the first ones of u. */
    public static final int IDENTITY_COUNT = 30;

    private final double low;
    private final double high;
    private final double start;
    private final double end;

    FaceParameter(double low, double high) {
        this(low, high, 0, 1);
    }

    /** {@code low} up to u = start, {@code high} from u = end on, and linear between them. */
    FaceParameter(double low, double high, double start, double end) {
        this.low = low;
        this.high = high;
        this.start = start;
        this.end = end;
    }

    /** The value that u in (0, 1) stands for. */
    double value(double u) {
        double t = Math.max(0, Math.min(1, (u - start) / (end - start)));
        return low + (high - low) * t;
    }

    /** Whether this is one of the five parameters that aligning a picture brings towards their middle. */
    boolean isPose() {
        return switch (this) {
            case SHIFT_X, SHIFT_Y, ROTATION, SCALE, YAW -> true;
            default -> false;
        };
    }
}
