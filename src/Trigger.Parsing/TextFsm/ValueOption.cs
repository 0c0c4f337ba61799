namespace Trigger.Parsing.TextFsm;

/// <summary>What a <c>Value</c> line may ask for; the order in which a template names them is the order in which they act.</summary>
public enum ValueOption
{
    /// <summary>A row in which it is empty is not recorded.</summary>
    Required,

    /// <summary>Keeps what it was last given until <c>Clearall</c>.</summary>
    Filldown,

    /// <summary>What it is given also fills the rows above it, up to the first that has something.</summary>
    Fillup,

    /// <summary>Part of what tells rows apart when the tables of several templates are joined.</summary>
    Key,

    /// <summary>Collects every match of a row; a pattern with named groups of its own collects those.</summary>
    List,
}
