using System.Text.RegularExpressions;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>
/// Actors by path, found anew with every message: <c>/user/a</c>, <c>../sibling</c>, <c>child/*</c>. What finds nobody becomes a dead letter.
/// </summary>
public sealed class ActorSelection : ICanTell, IEquatable<ActorSelection>
{
    private readonly ActorSystem _system;
    private readonly LocalActorRef _anchor;
    private readonly string[] _elements;
    private readonly bool _absolute;

    internal ActorSelection(ActorSystem system, LocalActorRef anchor, string path)
    {
        _system = system;
        _anchor = anchor;
        var prefix = system.Root.Address.ToString();
        if (path.StartsWith(prefix, StringComparison.Ordinal))
            path = path[prefix.Length..];
        _absolute = path.StartsWith('/');
        _elements = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
    }

    internal ActorSystem System => _system;

    public string PathString => (_absolute ? "/" : "") + string.Join('/', _elements);

    public void Tell(object message, IActorRef? sender = null)
    {
        sender ??= AmbientCell.Current?.Self;
        var found = false;
        foreach (var actor in Resolve())
        {
            found = true;
            actor.Tell(message, sender);
        }

        // A pattern that matches nobody is no loss; a name that does is.
        if (!found && !HasPattern)
            new EmptyActorRef(_system, UnresolvedPath()).Tell(message, sender);
    }

    /// <exception cref="ActorNotFoundException">Nobody answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <exception cref="ActorNotFoundException">Nobody answered in time.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"Nobody lives at {PathString}.");
        }
        catch (AskTimeoutException late)
        {
            throw new ActorNotFoundException($"Nobody answered at {PathString} within {timeout}.", late);
        }
    }

    /// <exception cref="InvalidOperationException">It is a pattern.</exception>
    internal ActorPath PathOfOne() =>
        HasPattern ? throw new InvalidOperationException($"{this} is a pattern and stands for no single actor.") : UnresolvedPath();

    /// <param name="uid">The incarnation; 0 for any.</param>
    internal IActorRef Sole(long uid) =>
        Resolve().FirstOrDefault(actor => uid == 0 || actor.Path.Uid == uid) ?? new EmptyActorRef(_system, UnresolvedPath().WithUid(uid));

    public bool Equals(ActorSelection? other) =>
        other is not null && ReferenceEquals(_system, other._system) && PathString == other.PathString && (_absolute || _anchor.Equals(other._anchor));

    public override bool Equals(object? obj) => Equals(obj as ActorSelection);

    public override int GetHashCode() => PathString.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"ActorSelection[{PathString}]";

    private bool HasPattern => _elements.Any(IsPattern);

    private static bool IsPattern(string element) => element.Contains('*', StringComparison.Ordinal) || element.Contains('?', StringComparison.Ordinal);

    private IEnumerable<IActorRef> Resolve()
    {
        if (!_absolute)
            return Descend(_anchor, 0);

        return _elements switch
        {
            ["user", ..] => Descend(_system.UserGuardian, 1),
            ["system", ..] => Descend(_system.SystemGuardian, 1),
            ["deadLetters"] => [_system.DeadLetters],
            _ => [],
        };
    }

    private static IEnumerable<IActorRef> Descend(LocalActorRef at, int depth, string[] elements)
    {
        if (depth == elements.Length)
            return [at];

        var element = elements[depth];
        if (element == "..")
            return at.Cell.InternalParent is LocalActorRef parent ? Descend(parent, depth + 1, elements) : [];

        if (!IsPattern(element))
            return at.Cell.ChildrenIfAny?.Find(element) is { } child ? Descend(child, depth + 1, elements) : [];

        var pattern = new Regex("^" + Regex.Escape(element).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$");
        return (at.Cell.ChildrenIfAny?.Snapshot() ?? [])
            .Where(child => pattern.IsMatch(child.Path.Name))
            .SelectMany(child => Descend(child, depth + 1, elements));
    }

    private IEnumerable<IActorRef> Descend(LocalActorRef at, int depth) => Descend(at, depth, _elements);

    private ActorPath UnresolvedPath() =>
        _elements.Aggregate(_absolute ? _system.Root : _anchor.Path, (path, element) => element == ".." ? path.Parent : path / element);
}
