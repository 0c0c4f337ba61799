namespace Trigger.Acl.Deciding;

internal enum CoverResult
{
    Covered,

    /// <summary>Some part is not covered.</summary>
    Found,

    /// <summary>The budget ended first.</summary>
    Undecided,
}
