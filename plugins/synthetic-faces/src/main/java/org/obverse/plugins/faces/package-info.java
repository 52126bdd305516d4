/**
 * Synthetic faces: a renderer that draws a face from 45 numbers, of which 30 say who it is and 15 how the picture was
 * taken, and the data set of private and public faces that it draws. What is learned from these faces (generators,
 * classifiers) does not belong here.
 */
@NullMarked
package org.obverse.plugins.faces;

import org.jspecify.annotations.NullMarked;
