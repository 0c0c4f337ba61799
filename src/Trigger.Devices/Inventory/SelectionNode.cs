namespace Trigger.Devices.Inventory;

/// <summary>A selection as it was understood.</summary>
internal abstract record SelectionNode
{
    private SelectionNode()
    {
    }

    public abstract bool Holds(NetDevice device);

    /// <summary>One word.</summary>
    public sealed record Term(SelectionTerm Said) : SelectionNode
    {
        public override bool Holds(NetDevice device) => Said.Holds(device) != Said.Negated;
    }

    /// <summary>What stands in parentheses.</summary>
    public sealed record Group(SelectionNode Inner, bool Negated) : SelectionNode
    {
        public override bool Holds(NetDevice device) => Inner.Holds(device) != Negated;
    }

    /// <summary>Terms side by side: one of the names, and all of the others.</summary>
    public sealed record All(IReadOnlyList<SelectionNode> Names, IReadOnlyList<SelectionNode> Others) : SelectionNode
    {
        public override bool Holds(NetDevice device) => (Names.Count == 0 || Names.Any(name => name.Holds(device))) && Others.All(other => other.Holds(device));
    }

    /// <summary>Alternatives.</summary>
    public sealed record Any(IReadOnlyList<SelectionNode> Choices) : SelectionNode
    {
        public override bool Holds(NetDevice device) => Choices.Any(choice => choice.Holds(device));
    }
}
