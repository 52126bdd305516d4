package org.obverse.api.network;

/**
 * What the configuration of a classifier component implements if it can name a file whose tensors training starts from. A
 * plan that names one for a network whose weights it loads is refused: the file would have no effect.
 */
public interface Pretrained {
    /** The file; empty if training starts from random values. */
    String pretrained();
}
