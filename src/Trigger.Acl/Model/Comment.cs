namespace Trigger.Acl.Model;

/// <summary>Words for people, in their place before a term.</summary>
/// <param name="IsRemark">A <c>remark</c> is a line of the filter and stays on the device; a comment (<c>!</c>, <c>/* */</c>) is not.</param>
/// <param name="Sequence">The remark's own number, where the dialect numbers remarks.</param>
public sealed record Comment(string Text, bool IsRemark, Position At, int? Sequence = null);
