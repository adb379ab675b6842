using System.Text;
using BackupOnline.Engine.Blobs;
using BackupOnline.Engine.Ids;
using BackupOnline.Engine.Tests.Archiving;
using BackupOnline.Engine.Tests.Files;
using BackupOnline.Engine.Trees;

namespace BackupOnline.Engine.Tests.Trees;

public sealed class TreeReferencesTests
{
    [Fact]
    public async Task It_finds_what_the_whole_parser_finds_in_trees_with_every_odd_file()
    {
        using var vault = await new EngineVault().InitAsync();
        OddTree.Create(vault.Source);
        await vault.BackUpAsync();
        var trees = await vault.UseAsync(async repository =>
        {
            var all = new List<byte[]>();
            foreach (var tree in repository.Index.Entries().Where(blob => blob.Type == BlobType.Tree))
                all.Add(await repository.LoadBlobAsync(tree.Type, tree.Id));
            return all;
        });

        Assert.True(trees.Count > 3);
        foreach (var tree in trees)
        {
            var nodes = TreeReader.ReadAll(tree);
            var (blobs, subtrees) = (new List<BlobId>(), new List<BlobId>());
            TreeReferences.Read(tree, blobs, subtrees);
            Assert.Equal(nodes.SelectMany(node => node.Content ?? []), blobs);
            Assert.Equal(nodes.Where(node => node.Subtree is not null).Select(node => node.Subtree!.Value), subtrees);
        }
    }

    [Fact]
    public void White_space_unknown_fields_and_null_are_passed_over()
    {
        var (content, subtree) = (new string('a', 64), new string('b', 64));
        var tree = $$"""
            { "version" : {"nodes":[]}, "nodes" : [
              { "name":"\"content\":[\"x\"]", "extra":{"content":["no"],"subtree":"no"}, "content" : [ "{{content}}" ], "subtree": null },
              { "subtree" : "{{subtree}}", "content": null } ], "later":[1] }
            """;
        var (blobs, subtrees) = (new List<BlobId>(), new List<BlobId>());

        TreeReferences.Read(Encoding.UTF8.GetBytes(tree), blobs, subtrees);

        Assert.Equal(content, Assert.Single(blobs).ToString());
        Assert.Equal(subtree, Assert.Single(subtrees).ToString());
        TreeReferences.Read("{\"nodes\":null}"u8, blobs, subtrees);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"nodes\":[{}")]
    [InlineData("{\"nodes\":{}}")]
    [InlineData("{\"nodes\":[1]}")]
    [InlineData("{\"nodes\":[{\"content\":\"x\"}]}")]
    [InlineData("{\"nodes\":[{\"content\":[7]}]}")]
    [InlineData("{\"nodes\":[{\"content\":[\"ABCD\"]}]}")]
    [InlineData("{\"nodes\":[{\"subtree\":7}]}")]
    [InlineData("{\"nodes\":[]}{}")]
    public void What_is_no_tree_is_refused(string text) =>
        Assert.Throws<TreeFormatException>(() => TreeReferences.Read(Encoding.UTF8.GetBytes(text), [], []));
}
