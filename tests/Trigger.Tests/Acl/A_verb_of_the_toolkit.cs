using Trigger.Acl.Reading;
using Trigger.Cli.Acl;

namespace Trigger.Tests.Acl;

public sealed class A_verb_of_the_toolkit
{
    [Theory]
    [InlineData("edge", "edge")]
    [InlineData("115", "acl.115")]
    [InlineData("acl.115", "acl.115")]
    [InlineData("nowhere", null)]
    [InlineData("folder", null)]
    [InlineData("../secret", null)]
    [InlineData(".", null)]
    [InlineData("", null)]
    public void finds_a_filter_s_file_by_its_name_and_by_Trigger_s_old_one(string name, string? expected)
    {
        var root = Directory.CreateTempSubdirectory("acl-exists-");
        try
        {
            var folder = Directory.CreateDirectory(Path.Combine(root.FullName, "acls"));
            Directory.CreateDirectory(Path.Combine(folder.FullName, "folder"));
            File.WriteAllText(Path.Combine(root.FullName, "secret"), "");
            File.WriteAllText(Path.Combine(folder.FullName, "edge"), "");
            File.WriteAllText(Path.Combine(folder.FullName, "acl.115"), "");

            Assert.Equal(expected is null ? null : Path.Combine(folder.FullName, expected), ExistsVerb.Find(folder.FullName, name));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("ip access-list extended A\n permit tcp any any eq 22\nip access-list extended B\n permit tcp any any eq 99999\n", false, true)]
    [InlineData("ip access-list extended A\n permit tcp any any eq 22\n gibberish here\nip access-list extended B\n permit ip any any\n", true, false)]
    [InlineData("ip access-list extended A\n permit tcp any any time-range T\nip access-list extended B\n permit ip any any\n", false, false)]
    [InlineData("firewall { family inet { filter A { term a { then accept; } }\nfilter B { term b { from { protocol nosuch; } then accept; } } } }", false, true)]
    [InlineData("firewall { family inet { filter A { term a {\n from { protocol nosuch; }\n then accept; } }\nfilter B { term b { then accept; } } } }", true, false)]
    public void tells_the_filter_with_unreadable_lines_from_the_others(string text, bool first, bool second)
    {
        var read = FilterReader.Read(text);

        Assert.Equal([first, second], read.Filters.Select(filter => read.HasUnreadable(filter)));
    }
}
