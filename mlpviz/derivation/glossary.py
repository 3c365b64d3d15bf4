"""The words of the texts in their languages: English as this program says it, Traditional and Simplified Chinese.

Neither Chinese column is the other one converted: many words differ, and 列 and 行 change places.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..maths.messages import Message
from .texts import TEXTS


@dataclass(frozen=True)
class Term:
    """A word in three languages, and the array that it is the name of, if it is one's."""

    english: str
    traditional: str
    simplified: str
    array: str = ""


GLOSSARY = (
    Term("row", "列（橫列）", "行（横行）"),
    Term("column", "行（直行）", "列"),
    Term("row vector", "列向量", "行向量"),
    Term("column vector", "行向量", "列向量"),
    Term("matrix", "矩陣", "矩阵"),
    Term("vector", "向量", "向量"),
    Term("scalar, a single number", "純量", "标量"),
    Term("tensor", "張量", "张量"),
    Term("shape", "形狀", "形状"),
    Term("transpose", "轉置", "转置"),
    Term("entry, element", "元素", "元素"),
    Term("matrix product", "矩陣乘法", "矩阵乘法"),
    Term("entry by entry, ⊙", "逐元素乘法", "逐元素乘法"),
    Term("outer product", "外積（outer product）", "外积（outer product）"),
    Term("diagonal matrix", "對角矩陣", "对角矩阵"),
    Term("indicator", "指示函數", "指示函数"),
    Term("array, in code", "陣列", "数组"),
    Term("broadcast", "廣播", "广播"),
    Term("flatten", "攤平", "展平"),
    Term("reshape", "重塑", "重塑"),
    Term("assemble", "組裝", "组装"),
    Term("derivative", "導數", "导数"),
    Term("partial derivative", "偏導數", "偏导数"),
    Term("chain rule", "連鎖律", "链式法则"),
    Term("multivariable chain rule", "多變數連鎖律", "多元链式法则"),
    Term("Jacobian", "雅可比矩陣", "雅可比矩阵"),
    Term("denominator layout", "分母佈局", "分母布局"),
    Term("numerator layout", "分子佈局", "分子布局"),
    Term("neural network", "神經網路", "神经网络"),
    Term("multilayer perceptron", "多層感知器", "多层感知机"),
    Term("layer", "層", "层"),
    Term("unit, neuron", "單元，神經元", "单元，神经元"),
    Term("input", "輸入", "输入", "X"),
    Term("weight matrix", "權重矩陣", "权重矩阵", "W"),
    Term("bias", "偏差項", "偏置", "b"),
    Term("affine map", "仿射映射", "仿射变换"),
    Term("weighted sum", "加權和", "加权和", "Z"),
    Term("logits, z of the output layer", "logits（未正規化的分數）", "logits（未归一化的分数）"),
    Term("activation function", "活化函數", "激活函数"),
    Term("activation", "活化值", "激活值", "A"),
    Term("module", "模組", "模块"),
    Term("forward pass", "前向傳遞", "前向传播"),
    Term("backward pass", "反向傳遞", "反向传递"),
    Term("backpropagation", "反向傳播", "反向传播"),
    Term("error term", "誤差項", "误差项", "delta"),
    Term("gradient of the weights", "權重的梯度", "权重的梯度", "dW"),
    Term("gradient of the biases", "偏差項的梯度", "偏置的梯度", "db"),
    Term("loss of an example", "損失", "损失", "losses"),
    Term("cost of the batch", "成本", "代价", "cost"),
    Term("cross-entropy", "交叉熵", "交叉熵"),
    Term("label, target", "標籤，目標值", "标签，目标值", "Y"),
    Term("one-hot", "one-hot 編碼", "独热编码"),
    Term("example, sample", "樣本（一筆）", "样本（一个）"),
    Term("batch", "批次", "批"),
    Term("batch size", "批次大小", "批量大小", "m"),
    Term("parameter", "參數", "参数"),
    Term("learning rate", "學習率", "学习率", "eta"),
    Term("gradient descent", "梯度下降法", "梯度下降"),
)
"""The words, those of arrays of numbers first, then of derivatives, networks and training."""

TRAP = Message(
    "行 is a row in mainland texts and a column in texts from Taiwan; 列 is the other one. But “{title}”, though in "
    "Traditional characters, writes 列 for columns.",
    title=Message(TEXTS["S0"].title),
)
"""What no reader of both must miss."""
