namespace Trigger.Node.Clustering;

/// <summary>One life of one node: a node that is started again is another.</summary>
public readonly record struct NodeRef(string Name, long Incarnation)
{
    public override string ToString() => Name;
}
