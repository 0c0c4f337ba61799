using Trigger.Acl.Model;

namespace Trigger.Acl.Writing;

public enum LossKind
{
    /// <summary>Left out without changing what is permitted: a counter, a reject's code.</summary>
    Dropped,

    /// <summary>The other dialect cannot say it.</summary>
    Impossible,
}

/// <summary>Something of the source that the written text does not say.</summary>
public sealed record Loss(LossKind Kind, Position At, string What);
