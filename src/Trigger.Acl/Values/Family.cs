namespace Trigger.Acl.Values;

/// <summary>Which packets a filter or an address speaks of. IPv4 and IPv6 are separate spaces: nothing said of one decides the other.</summary>
public enum Family
{
    Inet,
    Inet6,

    /// <summary>Both, as in an ASA's unified list or a Junos filter of family <c>any</c>.</summary>
    Any,
}
