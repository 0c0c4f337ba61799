using System.Diagnostics.CodeAnalysis;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// The children of a cell by name. Locked, because a child leaves from its own thread, selections look in from any, and the guardians are
/// open to all; none of these is on the way of a message.
/// </summary>
internal sealed class Children
{
    private const string NameDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ChildRestartStats> _byName = [];
    private long _named;
    private int _stopping;

    private bool IsClosed { get; set; }

    internal int Count
    {
        get
        {
            lock (_gate)
                return _byName.Count;
        }
    }

    /// <summary>How many were told to stop and have not ended yet. Counted, since a scan per ending child would be quadratic.</summary>
    internal int StoppingCount
    {
        get
        {
            lock (_gate)
                return _stopping;
        }
    }

    internal void MarkStopping(LocalActorRef child)
    {
        lock (_gate)
        {
            if (Has(child, out var stats) && !stats.IsStopping)
            {
                stats.IsStopping = true;
                _stopping++;
            }
        }
    }

    /// <summary>No more children: the cell is stopping.</summary>
    internal void Close()
    {
        lock (_gate)
            IsClosed = true;
    }

    /// <exception cref="InvalidActorNameException">The name is taken.</exception>
    internal LocalActorRef Add(string? name, Func<string, LocalActorRef> create, ActorPath parent)
    {
        lock (_gate)
        {
            if (IsClosed)
                throw new InvalidOperationException($"Cannot create a child while {parent} is stopping.");

            name ??= "$" + Digits(_named++);
            if (_byName.ContainsKey(name))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique below {parent}!");

            var child = create(name);
            _byName.Add(name, new ChildRestartStats(child));
            return child;
        }
    }

    internal void Remove(LocalActorRef child)
    {
        lock (_gate)
        {
            if (!Has(child, out var stats))
                return;

            _byName.Remove(child.Path.Name);
            if (stats.IsStopping)
                _stopping--;
        }
    }

    internal LocalActorRef? Find(string name)
    {
        lock (_gate)
            return _byName.TryGetValue(name, out var stats) ? stats.LocalChild : null;
    }

    internal ChildRestartStats? StatsOf(LocalActorRef child)
    {
        lock (_gate)
            return Has(child, out var stats) ? stats : null;
    }

    internal LocalActorRef[] Snapshot()
    {
        lock (_gate)
            return [.. _byName.Values.Select(stats => stats.LocalChild)];
    }

    internal ChildRestartStats[] AllStats()
    {
        lock (_gate)
            return [.. _byName.Values];
    }

    private bool Has(LocalActorRef child, [NotNullWhen(true)] out ChildRestartStats? stats) =>
        _byName.TryGetValue(child.Path.Name, out stats) && ReferenceEquals(stats.LocalChild, child);

    private static string Digits(long number)
    {
        Span<char> digits = stackalloc char[11];
        var length = 0;
        do
        {
            digits[length++] = NameDigits[(int)(number & 63)];
            number >>= 6;
        }
        while (number > 0);
        return new string(digits[..length]);
    }
}
