package org.obverse.api.attack;

/**
 * What the configuration of a stage implements if the stage shows the target the middle of the generator's images. A control that is held
 * against the attack shows it the same ({@link org.obverse.api.control.ControlContext#centerCrop}).
 */
public interface CenterCropped {
    /** Side of the central square, in pixels of the generator's images; 0 for the whole image. */
    int centerCrop();
}
