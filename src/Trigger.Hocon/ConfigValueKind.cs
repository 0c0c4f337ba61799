namespace Trigger.Hocon;

/// <summary>What a value is. Numbers and booleans are texts until a getter is asked for them.</summary>
public enum ConfigValueKind
{
    Null,
    Text,
    List,
    Fields,
}
