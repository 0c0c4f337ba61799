namespace Trigger.Kernel.Actor;

public static class RelativeActorPath
{
    /// <returns>The elements of a path without an address, null for anything else.</returns>
    public static IEnumerable<string>? Unapply(string addr)
    {
        if (addr is null || addr.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(addr, UriKind.Relative, out _))
            return null;

        // The number of an incarnation behind a # says nothing about the path.
        return addr.Split('#')[0].Split('/');
    }
}
