using System.Runtime.InteropServices;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// A line of the processor's cache left empty, so that what one thread writes with every message does not share a line with what another reads. The
/// runtime lays value types behind the other fields, so it separates an object's fields from the object that happens to lie behind it.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal readonly struct CacheLine;
