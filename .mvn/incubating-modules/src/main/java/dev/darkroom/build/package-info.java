/** Rules of the build that no stock plugin holds. Nothing of it is shipped. */
package dev.darkroom.build;
