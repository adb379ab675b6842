namespace BackupOnline.Grains.Interfaces.Nodes;

[GenerateSerializer, Alias("bo.node.work-standing")]
public enum NodeWorkStanding
{
    Waiting = 0,

    Running = 1,
}
