using Trigger.Acl.Model;

namespace Trigger.Acl.Writing;

/// <summary>Writes filters as text. Whether the text decides the same as the filter is for <see cref="Changing.FilterConverter"/> to prove.</summary>
public static class FilterWriter
{
    public static WriteResult Write(Filter filter, Style style, WriteOptions? options = null) => style switch
    {
        Style.Junos or Style.JunosSet => new JunosWriter(filter, style == Style.JunosSet, options ?? new WriteOptions()).Write(),
        Style.ScreenOs => new ScreenOsWriter(filter, options ?? new WriteOptions()).Write(),
        _ => new CiscoWriter(filter, style, options ?? new WriteOptions()).Write(),
    };
}
