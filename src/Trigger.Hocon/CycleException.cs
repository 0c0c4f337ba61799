namespace Trigger.Hocon;

/// <summary>Substitutions lead in a circle.</summary>
/// <param name="node">The value that was met again before it was known.</param>
/// <param name="position">How many values had led to it when it was met first.</param>
internal sealed class CycleException(HoconNode node, int position)
    : ConfigException(node.Origin, "this value needs itself to be known: substitutions lead in a circle (a cycle).")
{
    public int Position => position;

    /// <summary>The substitution that closed the circle has had its say.</summary>
    public bool IsDecided { get; set; }
}
