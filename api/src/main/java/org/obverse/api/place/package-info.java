/**
 * Where units are performed: what a place claims, is ordered, and answers. Which component a unit uses was decided by the plan
 * and does not belong here.
 */
@NullMarked
package org.obverse.api.place;

import org.jspecify.annotations.NullMarked;
