using CnnViz.Bench;

// Our side of the comparisons that compare.py drives; JSON lines as the peers print them.
switch (args)
{
    case ["lenet", var folder, var threads, var epochs]:
        LeNetBench.Run(
            folder, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(epochs, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["operators"]:
        OperatorBench.Run();
        break;
    case ["vgg19", var threads, var passes]:
        Vgg19Bench.Run(
            int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(passes, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["saliency", var method, var threads, var passes, .. var rest]:
        SaliencyBench.Run(
            method, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(passes, System.Globalization.CultureInfo.InvariantCulture),
            rest is [var size] ? int.Parse(size, System.Globalization.CultureInfo.InvariantCulture) : null);
        break;
    case ["style", var precision, var side, var threads, var steps]:
        StyleBench.Run(
            precision, int.Parse(side, System.Globalization.CultureInfo.InvariantCulture), int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(steps, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["dream", var threads, var passes]:
        DreamBench.Run(
            int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(passes, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["attacks", var threads, var passes]:
        AttackBench.Gradient(
            int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(passes, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["minimal", var folder, var weights, var count]:
        AttackBench.Minimal(folder, weights, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["plain", var name, var threads, var turns, .. var rest]:
        PlainBench.Run(
            name, int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(turns, System.Globalization.CultureInfo.InvariantCulture),
            rest is [var digits] ? digits : null);
        break;
    case ["peak", var name, ("ours" or "plain") and var side, var threads, var turns]:
        PlainBench.Peak(
            name, side == "ours", int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture), int.Parse(turns, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["load", var path]:
        LoadBench.Run(path);
        break;
    case ["memory"]:
        MemoryBench.Run();
        break;
    default:
        Console.Error.WriteLine("usage: CnnViz.Bench lenet MNIST_FOLDER THREADS EPOCHS | operators | vgg19 THREADS PASSES | saliency METHOD THREADS PASSES [BATCHSIZE] | style float32|bfloat16 SIZE THREADS STEPS | dream THREADS PASSES | attacks THREADS PASSES | minimal MNIST_FOLDER WEIGHTS COUNT | plain vgg19|saliency|gradcam|pgd|dream|style|lenet THREADS TURNS [MNIST_FOLDER] | peak NAME ours|plain THREADS TURNS | load FILE | memory");
        return 2;
}
return 0;
