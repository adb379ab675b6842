using System.Text;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Index;

namespace BackupOnline.Engine.Tests.Index;

public sealed class PackMarksTests
{
    private static readonly ObjectId File1 = ObjectId.Of("file1"u8);
    private static readonly ObjectId Pack1 = ObjectId.Of("pack1"u8);
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read_and_names_no_pack()
    {
        var json = IndexWriter.Write([], new Dictionary<ObjectId, DateTimeOffset> { [Pack1] = Noon });
        var (packs, marks) = (0, new PackMarks());

        IndexReader.Read(json.Span, (_, _) => packs++, (pack, since) => marks.Add(File1, pack, since));

        Assert.Equal($$"""{"packs":[],"marked_packs":[{"id":"{{Pack1}}","since":"2026-05-01T12:00:00Z"}]}""", Encoding.UTF8.GetString(json.Span));
        Assert.Equal(0, packs);
        Assert.Equal([KeyValuePair.Create(Pack1, Noon)], marks.All());
        Assert.Equal([File1], marks.Files);
    }

    [Fact]
    public void The_later_of_two_marks_counts()
    {
        var marks = new PackMarks();
        marks.Add(File1, Pack1, Noon);
        marks.Add(File1, Pack1, Noon.AddHours(1));
        marks.Add(File1, Pack1, Noon.AddHours(-1));
        Assert.Equal(Noon.AddHours(1), marks.All()[Pack1]);
    }

    [Theory]
    [InlineData("[{\"id\":\"x\",\"since\":\"2026-05-01T12:00:00Z\"}]")]
    [InlineData("[{\"since\":\"2026-05-01T12:00:00Z\"}]")]
    [InlineData("[{\"id\":\"%\"}]")]
    [InlineData("[{\"id\":\"%\",\"since\":\"noon\"}]")]
    [InlineData("{}")]
    public void A_mark_that_cannot_be_read_is_refused(string marks) => Assert.Throws<FormatException>(() => IndexReader.Read(
        Encoding.UTF8.GetBytes("{\"packs\":[],\"marked_packs\":" + marks.Replace("%", Pack1.ToString(), StringComparison.Ordinal) + "}"), new BlobIndex()));
}
