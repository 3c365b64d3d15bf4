"""The words of the field in three languages, as data, and the words that a catalogue may not have."""

import re

TERMS = {
    # matrices and indices
    "rows?": ("列", "行"),
    "columns?": ("行|欄", "列"),
    "row vectors?": ("列向量", "行向量"),
    "column vectors?": ("行向量", "列向量"),
    "matrix|matrices": ("矩陣|方陣|行（column）", "矩阵|方阵|列（column）"),
    "vectors?": ("向量", "向量"),
    "shapes?": ("形狀", "形状"),
    "transposed?": ("轉置", "转置"),
    "entry by entry|entries": ("元素|項|格", "元素|项|格"),
    "outer product": ("外積", "外积"),
    "diagonal": ("對角", "对角"),
    "Jacobians?": ("雅可比|Jacobian", "雅可比|Jacobian"),
    "denominator layout": ("分母佈局", "分母布局"),
    "numerator layout": ("分子佈局", "分子布局"),
    "staircase": ("階梯|拾級", "阶梯|台阶"),
    "inner dimensions?": ("內側維度|內側的維度", "内侧维度|内侧的维度"),
    "does not multiply|do not multiply": ("無法相乘|不能相乘", "不能相乘|乘不起来"),
    "brackets?": ("括號", "括号"),
    "subscripts?": ("下標", "下标"),
    "superscripts?": ("上標", "上标"),
    # derivatives
    "derivatives?": ("導數|導函數|微分|偏導", "导数|导函数|偏导|求导"),
    "partial derivatives?": ("偏導數", "偏导数"),
    "chain rule": ("連鎖律", "链式法则|Chain Rule"),
    "gradients?": ("梯度", "梯度"),
    "central differences?": ("中央差分", "中心差分"),
    "variables?": ("變數", "变量|多元"),
    # networks and the two passes
    "neurons?": ("神經元", "神经元|neuron"),
    "units?": ("單元", "单元"),
    "networks?": ("網路", "网络"),
    "layers?": ("層", "层|layer"),
    "hidden layers?": ("隱藏層", "隐藏层"),
    "output layer": ("輸出層", "输出层|output layer"),
    "input layer": ("輸入層", "输入层"),
    "weights?": ("權重", "权重"),
    "bias|biases": ("偏差項|bias", "偏置"),
    "weighted sums?": ("加權和", "加权和"),
    "activations?": ("活化", "激活"),
    "activation functions?": ("活化函數", "激活函数"),
    "forward pass": ("前向傳遞|Forward Pass", "前向传播|前向计算|Forward Pass|前向"),
    "backward pass": ("反向傳遞|Backward Pass", "反向传递|Backward Pass|反向"),
    "backpropagation": ("反向傳播|Backpropagation", "反向传播|Backpropagation"),
    "logits": ("logits", "logits"),
    "affine map": ("仿射", "仿射"),
    "wires?": ("連線", "连线"),
    "modules?": ("模組", "模块"),
    "masks?": ("遮罩", "掩码"),
    # loss, data, training
    "loss|losses": ("損失", "损失|loss"),
    "costs?": ("成本", "代价"),
    "cross-entropy": ("交叉熵", "交叉熵"),
    "half squared error": ("平方誤差的一半", "平方误差的一半"),
    "labels?": ("標籤", "标签"),
    "targets?": ("目標", "目标"),
    "samples?": ("樣本|筆", "样本"),
    "batch(?:es)?": ("批次", "批"),
    "batch size": ("批次大小", "批量大小|批大小"),
    "probabilit(?:y|ies)": ("機率", "概率"),
    "parameters?": ("參數", "参数"),
    "learning rate": ("學習率", "学习率"),
    "gradient descent": ("梯度下降", "梯度下降"),
    "epochs?": ("epoch|週期|輪", "轮|epoch"),
    "optimi[sz]ers?": ("最佳化器", "优化器"),
    "saturated": ("飽和", "饱和"),
    "training": ("訓練", "训练"),
    "validation": ("驗證", "验证"),
    # the interface
    "notation": ("記法", "记法"),
    "undo": ("復原", "撤销"),
    "redo": ("重做", "重做"),
    "files?": ("檔", "文件"),
    "links?": ("連結|環", "链接|环|接不上"),
    "projector": ("投影", "投影"),
    "walkthroughs?": ("推導", "推导"),
    "presets?": ("範例", "预设|范例"),
    "threads?": ("執行緒", "线程"),
    "memory": ("記憶體", "内存|显存"),
    "processes": ("行程", "进程"),
    "program": ("程式", "程序"),
    "default": ("預設", "默认"),
    "exercises?": ("練習", "练习"),
    "random": ("隨機", "随机"),
}
"""By a pattern of the English: what Taiwan and the Mainland say, with others that are current after a bar."""

FORBIDDEN = {
    "zh_Hant": """
    矢量 標量 數組 廣播機制 鏈式法則 連鎖率 概率 數據 神經網絡 感知機 激活 模塊 偏置 歸一化 默認 設置 鏈接 撤銷
    屏幕 內存 線程 進程 優化 點乘 點積 條目 求導 信息 程序 軟件 硬件 用戶 服務器 加載 缺省 質量 視頻 掩碼 批量
    死亡 死掉 网 误 导 线 这 个 为 数 学 习 权 层 阵 输 关 应 对 题 词 错 转 变 间 问 说 读 写
    """,
    "zh_Hans": """
    純量 纯量 链锁 连锁律 变数 机率 神经网路 感知器 活化 模组 偏差项 档案 连结 储存 复原 萤幕 记忆体 执行绪 行程
    最佳化 点乘 点积 死亡 死掉 阵列 资讯 软体 程式 滑鼠 伺服器 栏位 批次 加总 預 資 軟 權 層 網 誤 導 線 這 個 為 數
    學 習 陣 輸 關 應 對 題 詞 錯 轉 變 間 問 說 讀 寫
    """,
}
"""Words of the other side of the strait, characters of the other script, and literal translations that mislead."""

ITSELF = (
    "notation must be rows",
    "Each step is a row",
    "Each step of all networks is a row",
    "{count} right in a row",
    "file: found damaged JSON",
    "file: found no",
    "Nielsen: Neural Networks",
    "Deep Learning",
    "target must name an array",
    "The other class is missing",
    "Whole Jacobians, the differential",
    "state must be what Training",
    "NumPy does not subtract truth values",
    "The text says that the bias goes like the weights.",
    "Four samples at once",
    "The remark on NumPy",
    "∂a/∂z is the derivative of the activation, not 1 as the text labels it.",
    "the derivatives of the activation function on the diagonal",
    "What each costs here",
    "the strength of weight decay",
    "progress: found",
    "Undo the fixing",
    "One of sign, number, shape",
    "The mistakes of the wrong formulas",
    "is a part of a link",
    "the lesson: found no",
)
"""The beginnings of sentences that use such a word in another sense: a title, an argument's name or value, a verb."""

LABELS = {
    "Row": ("列", "行", "▭", "row"),
    "Column": ("行", "列", "▯", "column"),
    "Σ rows": ("列", "行", "▭", "row"),
    "Σ columns": ("行", "列", "▯", "column"),
    "rows {shown} of {all}": ("列", "行", "▭", "row"),
    "columns {shown} of {all}": ("行", "列", "▯", "column"),
}
"""Labels of rows and columns: the word of Taiwan and of the Mainland, a picture, and the English word."""


def words_in(english, pattern):
    """Whether an English sentence has a term as words of its own, outside code, formulas and places."""
    if english.startswith(ITSELF):
        return False
    bare = re.sub(r"\{[^{}]*\}|`[^`]*`|\$[^$]*\$|\b\w+[_(=]\S*|^\w+(?=: | must be )", " ", english)
    return re.search(rf"(?<![\w.-])(?:{pattern})(?![\w-])", bare, re.IGNORECASE) is not None


LATIN = set(
    """
    row rows column columns outer product logits Logits epoch one hot bias Jacobian Kronecker logistic
    Forward Backward Pass Chain Rule Framework output layer neuron loss input scores
    MLP function activation element wise broadcast
    """.split()
)
"""English words of the field that stand beside the Chinese ones, or that a text in Chinese uses itself."""

LATIN |= set(
    """
    True False None IndexError float text state widths keepdims Linear partial cdot nabla sigma frac mask target dot
    architecture Architecture parameters notation Notation given dtype device compiled activations entries seed
    validation freeze unit samples starts predict Training all yes program home progress formula dataset torch grad
    graph kernel light port address root folder socket certificate key PEM ulimit convention major mean squared error
    backward backpropagation Backpropagation Softmax sample and into chain rule calculus
    """.split()
)
"""Names of arguments, of values and of code."""

LATIN |= set(
    """
    PageDown PageUp
    Enter Tab Shift Ctrl Alt Esc Home End Step TeX XOR SGD UTF SVG PNG HTTPS JavaScript MATLAB TensorFlow TensorFloat
    NVIDIA CUDA cuda CuPy cuBLAS Numba numba nvmath ctk distributed onnx nginx pip install python apt Debian Ubuntu
    Xavier Adam RMSprop Nesterov Mazur Matt Goodfellow Bengio Courville Nielsen Karpathy Blue Brown Bishop Zhang Fisher
    Forina Wolberg Alpaydin Kaynak UFLDL deeplearning Specialization scikit learn Learning Deep Machine Neural Networks
    Dive Pattern Recognition Example Gradient descent
    """.split()
)
"""Keys, programs, formats, people, and titles of books."""

LATIN |= set(
    """
    sign number shape cell which size least greatest order transposed missing slope
    reached explained guessed checked edited trained orientation lesson
    """.split()
)
"""What stands in the file of a lesson."""
