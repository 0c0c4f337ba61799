namespace Trigger.Acl.Deciding;

/// <summary>The sides a box may have. The order is the order of comparison: what tells boxes apart most often comes first.</summary>
internal enum AxisKind
{
    Destination,
    Source,
    DestinationOctet0,
    DestinationOctet1,
    DestinationOctet2,
    DestinationOctet3,
    SourceOctet0,
    SourceOctet1,
    SourceOctet2,
    SourceOctet3,
    DestinationPort,
    SourcePort,
    Protocol,
    Offset,
    TcpFlags,
    IcmpType,
    IcmpCode,
    IpFlags,
    Tos,
    Ttl,
    Length,
}
