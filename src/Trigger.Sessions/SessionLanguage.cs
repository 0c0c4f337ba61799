using System.Text.Json.Serialization;

namespace Trigger.Sessions;

/// <summary>What the steps of a conversation are written in. The names are part of the journal's format.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SessionLanguage>))]
public enum SessionLanguage
{
    /// <summary>Lines typed at a prompt.</summary>
    CommandLine,

    /// <summary>Operations of RFC 6241: <see cref="Netconf.NetconfStep"/>.</summary>
    Netconf,
}
